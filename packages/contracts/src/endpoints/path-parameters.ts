import { z } from 'zod';
import { MediaId } from '../library/media.ts';

const RecordId = z.string().regex(/^[\w-]{1,64}$/);

/** The id of a job, a session or a share. */
export const recordParams = { schema: z.object({ id: RecordId }), unknown: 'not-found' } as const;
/** The id of an item of the library. */
export const itemParams = { schema: z.object({ id: MediaId }), unknown: 'not-found' } as const;
/** The id of a piece of work: its lease is refused when it does not exist. */
export const workParams = { schema: z.object({ id: RecordId }), unknown: 'lease-lost' } as const;

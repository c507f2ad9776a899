import { z } from 'zod';
import { Media } from './media.ts';

/** Days for which a deleted item stays in the trash and can be restored. */
export const TRASH_DAYS = 7;

/** A page of the trash. */
export const TrashList = z
  .object({ media: z.array(Media), nextCursor: z.string().nullable() })
  .meta({ id: 'TrashList' });
export type TrashList = z.infer<typeof TrashList>;

/** The result of emptying the trash. */
export const TrashEmptied = z.object({ deleted: z.number().int().nonnegative() }).meta({ id: 'TrashEmptied' });
export type TrashEmptied = z.infer<typeof TrashEmptied>;

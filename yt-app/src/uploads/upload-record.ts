import { MediaType, Visibility } from '@linkcast/contracts';
import { z } from 'zod';

/** An upload as it was begun. It is stored beside the bytes; how many have come is the size of their file. */
export const UploadRecord = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: MediaType,
  /** The person who began it: nobody else continues it, and the item is theirs. */
  personId: z.string(),
  /** Null: the setting of the installation. */
  visibility: Visibility.nullable(),
  /** The Idempotency-Key with which it was begun. */
  key: z.string().optional(),
  /** Of the whole file. */
  bytes: z.number().int().positive(),
});
export type UploadRecord = z.infer<typeof UploadRecord>;

import { z } from 'zod';
import { Marks } from '../library/mark.ts';
import { MediaId, Rendition } from '../library/media.ts';
import { FileChecksum } from './item-facts.ts';

/** An item of the library whose files a job starts with: it makes audio of them, or adds a picture to them. */
export const WorkItem = z.object({
  id: MediaId,
  title: z.string(),
  uploader: z.string().nullable(),
  extractor: z.string().nullable(),
  sourceId: z.string().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  renditions: z.array(Rendition),
  hasPoster: z.boolean(),
  marks: Marks,
  files: z.array(FileChecksum).meta({ description: 'The checksums that the library has of its files.' }),
});
export type WorkItem = z.infer<typeof WorkItem>;

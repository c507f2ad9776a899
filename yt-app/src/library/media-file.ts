import path from 'node:path';
import { MediaId, MediaType, Rendition } from '@linkcast/contracts';
import { writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';
import type { MediaFacts } from './media-record.ts';

export const MEDIA_FILE = 'media.json';

/** `media.json` beside the files of an item: everything from which its row can be made again. */
export const MediaFile = z.object({
  version: z.literal(1),
  id: MediaId,
  type: MediaType,
  title: z.string(),
  uploader: z.string().nullable(),
  sourceUrl: z.string(),
  sourceKey: z.string(),
  extractor: z.string().nullable(),
  sourceId: z.string().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  bytes: z.number().int().nonnegative(),
  renditions: z.array(Rendition),
  handling: z.enum(['copied', 'encoded']),
  state: z.enum(['playable', 'ready']),
  jobId: z.string().nullable(),
  hasPoster: z.boolean(),
  hasFile: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type MediaFile = z.infer<typeof MediaFile>;

/** Writes `media.json` into the item's directory; readers see the old one or the new one, and it is on the disk after. */
export async function writeMediaFile(directory: string, facts: MediaFacts): Promise<void> {
  const file = MediaFile.parse({ ...facts, version: 1, createdAt: new Date(facts.createdAt).toISOString() });
  await writeFileAtomic(path.join(directory, MEDIA_FILE), `${JSON.stringify(file, null, 2)}\n`);
}

import { rename } from 'node:fs/promises';
import path from 'node:path';
import { MediaId, MediaType, Rendition, Visibility } from '@linkcast/contracts';
import { parseJson, writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';
import type { LibraryItem } from '../items/item-table.ts';
import { readRegularFile } from './regular-file.ts';

const NAME = 'media.json';

const Facts = z.object({
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
  personId: z.string().nullable().default(null), // older files have none
  visibility: Visibility.default('everyone'), // older files have none
  hasPoster: z.boolean(),
  hasFile: z.boolean(),
  createdAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable().default(null), // older files have none
});

/** `media.json` beside the files of an item: everything from which its row can be made again. */
export const MediaJson = Facts.extend({ version: z.literal(1) });
export type MediaJson = z.infer<typeof MediaJson>;

/** A file of any version. */
const Versioned = z.object({ version: z.number() });

/** Writes `media.json` into the item's directory; readers see the old or the new content. It is on the disk when this resolves. */
export async function writeMediaJson(directory: string, facts: LibraryItem): Promise<void> {
  const file = MediaJson.parse({
    ...facts,
    version: 1,
    createdAt: new Date(facts.createdAt).toISOString(),
    deletedAt: facts.deletedAt === null ? null : new Date(facts.deletedAt).toISOString(),
  });
  await writeFileAtomic(path.join(directory, NAME), `${JSON.stringify(file, null, 2)}\n`);
}

/** Renames an invalid `media.json`, so that a person can still read it. */
export async function setMediaJsonAside(directory: string): Promise<void> {
  const file = path.join(directory, NAME);
  await rename(file, `${file}.damaged`).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // fs throws these
  });
}

/** The result of reading. `unreadable`: a newer version, or a failing disk. */
export type MediaJsonReading =
  { readonly kind: 'facts'; readonly facts: LibraryItem } | { readonly kind: 'missing' | 'invalid' | 'unreadable' };

/** Reads `media.json` of an item's directory. A symbolic link is not followed: it counts as invalid. */
export async function readMediaJson(directory: string): Promise<MediaJsonReading> {
  try {
    return parseMediaJson(await readRegularFile(path.join(directory, NAME)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    if (code === 'ELOOP' || code === 'EISDIR') return { kind: 'invalid' };
    return { kind: 'unreadable' };
  }
}

function parseMediaJson(text: string): MediaJsonReading {
  const content = parseJson(text);
  const version = Versioned.safeParse(content).data?.version;
  if (version !== undefined && version > 1) return { kind: 'unreadable' };
  const parsed = Facts.safeParse(content);
  if (version !== 1 || !parsed.success) return { kind: 'invalid' };
  const { createdAt, deletedAt, ...facts } = parsed.data;
  const handling = facts.hasFile ? 'encoded' : facts.handling; // older files say `copied` of an encoded MP3
  const times = { createdAt: Date.parse(createdAt), deletedAt: deletedAt === null ? null : Date.parse(deletedAt) };
  return { kind: 'facts', facts: { ...facts, ...times, handling } };
}

import { rename } from 'node:fs/promises';
import path from 'node:path';
import {
  FileChecksum,
  Marks,
  MediaDamage,
  MediaId,
  MediaType,
  Recording,
  Rendition,
  Visibility,
} from '@linkcast/contracts';
import { parseJson, writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';
import type { CollectionEntry } from '../collections/collection-table.ts';
import type { LibraryItem } from '../items/item-table.ts';
import { Collections, readEntry, writeEntry } from './media-json-collections.ts';
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
  isKept: z.boolean().default(false), // older files have none
  hasPoster: z.boolean(),
  hasFile: z.boolean(),
  damage: MediaDamage.nullable().default(null), // older files have none
  recording: Recording.nullable().default(null), // older files have none
  marks: Marks.catch([]), // older files have none, and the item counts more than its marks
  createdAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable().default(null), // older files have none
});

/** The other files of the item. Older `media.json` have none: the first check of the item adds them. */
const Files = z.object({ files: z.array(FileChecksum).default([]) });

/** `media.json` beside the files of an item: everything from which its row can be made again, and the checksums of its files. */
export const MediaJson = Facts.extend({ version: z.literal(1), ...Files.shape, ...Collections.shape });
export type MediaJson = z.infer<typeof MediaJson>;

/** The members of `media.json` beside the columns of the item. */
export interface MediaJsonParts {
  /** The checksums of the item's other files. */
  readonly files?: readonly FileChecksum[] | undefined;
  readonly collections?: readonly CollectionEntry[] | undefined;
}

/** A file of any version. */
const Versioned = z.object({ version: z.number() });

/**
 * Writes `media.json` into the item's directory; readers see the old or the new content. It is on the disk when this resolves.
 *
 * @param parts what is not given stays as the file has it.
 */
export async function writeMediaJson(directory: string, facts: LibraryItem, parts: MediaJsonParts = {}): Promise<void> {
  const isWhole = parts.files !== undefined && parts.collections !== undefined;
  const kept = isWhole ? undefined : await readParts(directory);
  const file = MediaJson.parse({
    ...facts,
    damage: facts.damage && { ...facts.damage, repair: null }, // jobs are lost with the database
    files: parts.files ?? kept?.files,
    collections: (parts.collections ?? kept?.collections)?.map(writeEntry),
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
  | {
      readonly kind: 'facts';
      readonly facts: LibraryItem;
      readonly files: readonly FileChecksum[];
      readonly collections: readonly CollectionEntry[];
    }
  | { readonly kind: 'missing' | 'invalid' | 'unreadable' };

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

/** The parts that `media.json` has; empty when it has none, or cannot be read. */
async function readParts(directory: string): Promise<MediaJsonParts> {
  const reading = await readMediaJson(directory);
  return reading.kind === 'facts' ? reading : { files: [], collections: [] };
}

function parseMediaJson(text: string): MediaJsonReading {
  const content = parseJson(text);
  const version = Versioned.safeParse(content).data?.version;
  if (version !== undefined && version > 1) return { kind: 'unreadable' };
  const parsed = Facts.safeParse(content);
  const { files } = Files.catch({ files: [] }).parse(content); // damaged ones are made anew
  const { collections } = Collections.catch({ collections: [] }).parse(content); // the item counts more than its collections
  if (version !== 1 || !parsed.success) return { kind: 'invalid' };
  const { createdAt, deletedAt, ...facts } = parsed.data;
  const handling = facts.hasFile ? 'encoded' : facts.handling; // older files say `copied` of an encoded MP3
  const times = { createdAt: Date.parse(createdAt), deletedAt: deletedAt === null ? null : Date.parse(deletedAt) };
  return { kind: 'facts', facts: { ...facts, ...times, handling }, files, collections: collections.map(readEntry) };
}

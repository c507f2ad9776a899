import path from 'node:path';
import { Problem, type FileChecksum, type ItemFacts, type Rendition, type WorkItem } from '@linkcast/contracts';
import { digestFile } from '@linkcast/kit';
import { readFile } from 'node:fs/promises';
import type { MasterEntry } from '../hls/master-playlist.ts';
import { createRenditionReader } from '../hls/rendition-reader.ts';
import { masterEntryOf } from '../hls/rendition-publisher.ts';
import { pictureLimit } from '../limits/picture-size.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { isAsLong } from './expected-duration.ts';

/** A rendition of an item of the library whose files are as they were published. */
export interface StoredRendition {
  readonly rendition: Rendition;
  readonly master: MasterEntry;
  readonly files: readonly FileChecksum[];
}

/** An item of the library whose files a job adds to. */
export interface StoredItem {
  readonly item: WorkItem;
  readonly renditions: readonly StoredRendition[];
  /** The checksum of its poster; empty when it has none. */
  readonly poster: readonly FileChecksum[];
}

type Context = Pick<PipelineRun, 'mediaDir' | 'signal'>;

/** Reads the files of an item, and leaves out what is missing or damaged. Rejects with the reason of the signal. */
export async function readStoredItem(context: Context, item: WorkItem): Promise<StoredItem> {
  const renditions: StoredRendition[] = [];
  for (const rendition of item.renditions) {
    const stored = await readStoredRendition(context, item, rendition);
    if (stored) renditions.push(stored);
  }
  const poster = item.hasPoster ? await intactFile(context, item, 'poster.jpg') : undefined;
  return { item, renditions, poster: poster ? [poster] : [] };
}

/** @returns the checksum of a file of an item; undefined when it is missing, cannot be read, or is not as it was published. */
export async function intactFile({ mediaDir, signal }: Context, item: WorkItem, name: string) {
  const published = item.files.find((file) => file.name === name);
  const found = await digestFile(path.join(mediaDir, item.id, name), signal).catch(() => undefined); // as if it were missing
  signal.throwIfAborted();
  if (!found || (published && published.sha256 !== found.sha256)) return undefined;
  return { name, bytes: found.bytes, sha256: found.sha256 };
}

async function readStoredRendition(
  context: Context,
  item: WorkItem,
  rendition: Rendition,
): Promise<StoredRendition | undefined> {
  const { name } = rendition;
  const files = await Promise.all([`${name}.mp4`, `${name}.m3u8`].map((file) => intactFile(context, item, file)));
  const whole = files.filter((file) => file !== undefined);
  if (whole.length < files.length) return undefined;
  const inItem = (file: string): string => path.join(context.mediaDir, item.id, file);
  const playlistFile = inItem(`${name}.m3u8`);
  const reader = createRenditionReader({
    mediaFile: () => inItem(`${name}.mp4`),
    playlistFile,
    limit: pictureLimit(Infinity), // it was accepted when it came
  });
  await reader.read();
  if (!reader.init || reader.list.segments.length === 0) return undefined;
  const text = await readFile(playlistFile, 'utf8');
  const entry = masterEntryOf(rendition, reader.init, reader.list.segments, null);
  return {
    rendition,
    files: whole,
    master: { ...entry, isIndependent: text.includes('\n#EXT-X-INDEPENDENT-SEGMENTS\n') },
  };
}

/** The facts of an item with its new files: those of the run, and those that it had. */
export function withStored(facts: ItemFacts, { item, renditions, poster }: StoredItem): ItemFacts {
  const files = [...renditions.flatMap((stored) => stored.files), ...poster];
  const all = [...facts.renditions, ...renditions.map((stored) => stored.rendition)];
  return {
    ...facts,
    durationSeconds: item.durationSeconds ?? facts.durationSeconds,
    renditions: all,
    handling: all.every(({ handling }) => handling === 'copied') ? 'copied' : 'encoded',
    bytes: facts.bytes + files.reduce((sum, file) => sum + file.bytes, 0),
    hasPoster: poster.length > 0,
    files: [...facts.files, ...files],
  };
}

/** @throws {Problem} source-changed when what comes is longer or shorter than the item. */
export function requireSameLength({ durationSeconds }: WorkItem, seconds: number | null): void {
  if (durationSeconds === null || seconds === null) return;
  if (!isAsLong(seconds, durationSeconds)) throw new Problem('source-changed');
}

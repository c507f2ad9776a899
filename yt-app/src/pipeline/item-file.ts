import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Problem, workFolder, type DeliveryWork, type DeliveredItem } from '@linkcast/contracts';
import type { StorageGuard } from './limits/storage-guard.ts';
import type { FfmpegEnd } from './programs/command-line.ts';
import type { Ffmpeg } from './programs/ffmpeg/ffmpeg.ts';
import { ownProblem } from './programs/own-failure.ts';
import { requireMediaVolume } from './run/media-volume.ts';

/** A published item as files that other programs play. */
export interface ItemFiles {
  /** An MP4 or M4A with the renditions, copied, or the `audio.mp3` of the item. */
  readonly media: string;
  /** The end of its name: `mp4`, `m4a`, `mp3`. */
  readonly extension: string;
  /** `poster.jpg`; undefined: there is none. */
  readonly poster: string | undefined;
  /** A folder for further files, which is deleted with those that were made. */
  readonly directory: string;
}

/**
 * Makes the files of a published item, and deletes those that it has made when the function has ended.
 *
 * @throws {Problem} media-missing, storage-full, conversion-failed, of this machine; the reason of the signal; what the function throws.
 */
export type WithItemFiles = <Result>(
  work: Pick<DeliveryWork, 'id' | 'fence'> & { readonly item: DeliveredItem },
  use: (files: ItemFiles) => Promise<Result>,
  signal: AbortSignal,
) => Promise<Result>;

export interface ItemFilesOptions {
  readonly ffmpeg: Pick<Ffmpeg, 'start'>;
  readonly storage: Pick<StorageGuard, 'check'>;
  readonly mediaDir: string;
}

/** Copying a file of a day takes minutes. */
const WALL_SECONDS = 4 * 3600;

export function createItemFiles({ mediaDir, ...programs }: ItemFilesOptions): WithItemFiles {
  return async ({ item, ...claim }, use, signal) => {
    await requireMediaVolume(mediaDir);
    const folder = path.join(mediaDir, item.mediaId);
    const directory = path.join(mediaDir, workFolder(claim));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    try {
      const media = item.hasFile
        ? { media: path.join(folder, 'audio.mp3'), extension: 'mp3' }
        : await mux(item, { folder, directory, signal, ...programs });
      return await use({ ...media, directory, poster: item.hasPoster ? path.join(folder, 'poster.jpg') : undefined });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
}

interface MuxOptions extends Pick<ItemFilesOptions, 'ffmpeg' | 'storage'> {
  readonly folder: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}

async function mux(
  { video, audio, title }: DeliveredItem,
  { folder, directory, ffmpeg, storage, signal }: MuxOptions,
): Promise<Pick<ItemFiles, 'media' | 'extension'>> {
  const names = [video, audio].flatMap((name) => name ?? []);
  if (names.length === 0) throw new Problem('conversion-failed');
  const sources = names.map((name) => path.join(folder, `${name}.mp4`));
  const sizes = await Promise.all(sources.map(sizeOf));
  await storage.check(sizes.reduce((sum, size) => sum + size, 0)); // the copy takes as much again
  const extension = video === null ? 'm4a' : 'mp4';
  const media = path.join(directory, `item.${extension}`);
  const maps = sources.flatMap((_source, index) => ['-map', `${index}:${video !== null && index === 0 ? 'v' : 'a'}:0`]);
  const program = ffmpeg.start({
    inputs: sources.map((source): FfmpegEnd => ({ target: `file:${source}`, options: [] })),
    outputs: [
      {
        target: `file:${media}`,
        options: [...maps, '-c', 'copy', '-metadata', `title=${title}`, '-movflags', '+faststart', '-f', 'mp4'],
      },
    ],
    ...{ directory, signal, effort: 'copy', wallSeconds: WALL_SECONDS },
  });
  const outcome = await program.outcome;
  signal.throwIfAborted();
  if (outcome.kind === 'failed') throw ownProblem(outcome) ?? new Problem('conversion-failed', {}, { cause: outcome });
  if (outcome.kind === 'stopped') throw new Problem('conversion-failed', {}, { cause: outcome });
  return { media, extension };
}

/** 0 for a file that is missing: ffmpeg fails with it. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

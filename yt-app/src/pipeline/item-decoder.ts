import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { workFolder, type DecodeWork, type SourceDamage } from '@linkcast/contracts';
import { describeDamage, type TimeRange } from './check/damage.ts';
import { canDecode } from './check/segment-decoding.ts';
import { decodeRendition, type DecodingProgress, type WholeDecodingContext } from './check/whole-decoding.ts';
import { withIdlePriority } from './programs/ffmpeg/idle-ffmpeg.ts';
import type { Ffmpeg } from './programs/ffmpeg/ffmpeg.ts';
import { MP3_BYTES_PER_SECOND } from './programs/ffmpeg/mp3-arguments.ts';
import { requireMediaVolume } from './run/media-volume.ts';

/**
 * Decodes all files of a published item. After an interruption the same item goes on where it stopped.
 *
 * @returns the part that cannot be decoded; null: all can.
 * @throws {Problem} of this machine, or `media-missing`; the reason of the signal; an error when the files are not those that were published.
 */
export type DecodeItem = (work: Omit<DecodeWork, 'kind'>, signal: AbortSignal) => Promise<SourceDamage | null>;

export interface ItemDecoderOptions {
  readonly ffmpeg: Ffmpeg;
  readonly mediaDir: string;
  /** Pauses after a program that took so long. */
  readonly rest: (workedMs: number, signal: AbortSignal) => Promise<void>;
}

/** The decoding of an item that was interrupted, by the names of its renditions. */
interface Interrupted {
  readonly mediaId: string;
  readonly progress: Map<string, DecodingProgress>;
}

const MP3 = 'audio.mp3';
const MP3_WALL_SECONDS = 3600;

export function createItemDecoder({ ffmpeg, mediaDir, rest }: ItemDecoderOptions): DecodeItem {
  const idleFfmpeg = withIdlePriority(ffmpeg);
  let interrupted: Interrupted | undefined;

  return async (work, signal) => {
    await requireMediaVolume(mediaDir);
    const workDirectory = path.join(mediaDir, workFolder(work));
    const { mediaId } = work;
    const { progress } = interrupted?.mediaId === mediaId ? interrupted : { progress: new Map() };
    interrupted = undefined;
    await mkdir(workDirectory, { recursive: true, mode: 0o700 });
    try {
      const ranges = await decodeFiles(work, progress, {
        ...{ ffmpeg: idleFfmpeg, mediaDirectory: path.join(mediaDir, mediaId), workDirectory, signal },
        async rest(workedMs) {
          await rest(workedMs, signal);
          signal.throwIfAborted();
        },
      });
      await requireMediaVolume(mediaDir); // after it: the files of a disk that is not mounted are missing, too
      return damageOf(ranges);
    } catch (error) {
      if (signal.aborted) interrupted = { mediaId, progress };
      throw error;
    } finally {
      await rm(workDirectory, { recursive: true, force: true });
    }
  };
}

async function decodeFiles(
  { renditions, hasFile }: Pick<DecodeWork, 'renditions' | 'hasFile'>,
  progress: Map<string, DecodingProgress>,
  context: WholeDecodingContext,
): Promise<TimeRange[]> {
  const ranges: TimeRange[] = [];
  for (const rendition of renditions) {
    const begun = progress.get(rendition.name) ?? { next: 0, undecodable: [], isLenient: false };
    progress.set(rendition.name, begun);
    ranges.push(...(await decodeRendition(rendition, begun, context)));
  }
  return hasFile ? [...ranges, ...(await decodeMp3(context))] : ranges;
}

/** An MP3 has no segments: it is decoded as one stream, and damaged as a whole. */
async function decodeMp3(context: WholeDecodingContext): Promise<TimeRange[]> {
  const length = (await stat(path.join(context.mediaDirectory, MP3))).size;
  const decoded = { file: MP3, kind: 'audio', init: { offset: 0, length: 0 } } as const;
  const options = { depth: 'everything', isStrict: true, wallSeconds: MP3_WALL_SECONDS } as const;
  const beganAt = performance.now();
  const isWhole = await canDecode(decoded, [{ offset: 0, length }], options, context);
  await context.rest(performance.now() - beganAt);
  return isWhole ? [] : [{ from: 0, to: length / MP3_BYTES_PER_SECOND }];
}

function damageOf(ranges: readonly TimeRange[]): SourceDamage | null {
  const damage = describeDamage(ranges);
  return damage && { seconds: damage.seconds ?? 0, ranges: damage.ranges };
}

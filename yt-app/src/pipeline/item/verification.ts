import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '@linkcast/contracts';
import { writeSample } from '../hls/media-file.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { ByteRange } from '../hls/segment.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { DownloadedTrack } from '../tracks/track.ts';
import { expectedSeconds, refuseTooShort } from './expected-duration.ts';
import { longestSeconds } from './growing-item.ts';

export interface MadeItem {
  readonly tracks: readonly DownloadedTrack[];
  /** True when an `audio.mp3` was made, too. */
  readonly withMp3: boolean;
  /** As the page of the source states; null when it does not. */
  readonly promisedSeconds: number | null;
}

export type VerificationContext = Pick<PipelineRun, 'mediaDirectory' | 'workDirectory' | 'ffmpeg' | 'signal'>;

const DECODE_SECONDS = 60;

/**
 * Checks the files of an item before it becomes ready. The exit code 0 of its programs proves nothing.
 *
 * @returns the expected seconds of the longest track; null when nothing states them.
 * @throws {Problem} source-truncated when it is shorter than expected, verification-failed when its files are inconsistent
 * or cannot be decoded.
 */
export async function verifyItem(
  context: VerificationContext,
  { tracks, withMp3, promisedSeconds }: MadeItem,
): Promise<{ expectedSeconds: number | null }> {
  const publishers = tracks.flatMap((track) => track.publishers);
  if (publishers.length === 0) throw new Problem('verification-failed');
  await Promise.all(publishers.map((publisher) => verifyRendition(publisher, context)));
  const expected = tracks.map((track) => expectedSeconds(track, promisedSeconds));
  // In one file, the sound may end before the picture: the longer of the two shows that the file is whole.
  for (const [index, track] of tracks.entries())
    refuseTooShort(longestSeconds(track.publishers), expected[index] ?? null);
  const longest = longestOf(expected);
  if (withMp3) {
    // Made of the same bytes as the rendition, whose sound may be shorter than the promised picture.
    const ofMp3 = longest === null ? null : Math.min(longest, longestSeconds(publishers));
    await verifyMp3(path.join(context.mediaDirectory, 'audio.mp3'), context, ofMp3);
  }
  return { expectedSeconds: longest };
}

function longestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((most, value) => Math.max(most, value)) : null;
}

async function verifyRendition(publisher: RenditionPublisher, context: VerificationContext): Promise<void> {
  const { name, kind } = publisher.rendition;
  const mediaFile = path.join(context.mediaDirectory, `${name}.mp4`);
  const { segments } = publisher;
  const first = segments[0];
  const last = segments.at(-1);
  if (!first || !last || !isContiguous(segments)) throw new Problem('verification-failed');
  if (last.offset + last.length !== (await stat(mediaFile)).size) throw new Problem('verification-failed');

  const sample = path.join(context.workDirectory, `${name}.sample.mp4`);
  await writeSample(sample, mediaFile, [{ offset: 0, length: first.offset }, first, ...(last === first ? [] : [last])]);
  await decode(sample, kind, context);
}

async function verifyMp3(
  file: string,
  { ffmpeg, signal }: VerificationContext,
  expected: number | null,
): Promise<void> {
  const probed = await ffmpeg.probe(file, signal);
  if (probed?.audio?.codec !== 'mp3') throw new Problem('verification-failed');
  refuseTooShort(probed.durationSeconds ?? 0, expected);
}

function isContiguous(segments: readonly ByteRange[]): boolean {
  return segments.every((segment, index) => {
    const before = segments[index - 1];
    return before === undefined || before.offset + before.length === segment.offset;
  });
}

/** Decodes the key frames, or the sound, of a sample. */
async function decode(
  sample: string,
  kind: 'video' | 'audio',
  { ffmpeg, workDirectory, signal }: VerificationContext,
): Promise<void> {
  const program = ffmpeg.start({
    inputs: [{ target: `file:${sample}`, options: kind === 'video' ? ['-skip_frame', 'nokey'] : [] }],
    outputs: [{ target: '-', options: ['-map', kind === 'video' ? '0:v:0' : '0:a:0', '-f', 'null'] }],
    directory: workDirectory,
    signal,
    effort: 'decode',
    wallSeconds: DECODE_SECONDS,
  });
  const outcome = await program.outcome;
  signal.throwIfAborted();
  if (outcome.kind !== 'finished') throw new Problem('verification-failed', {}, { cause: outcome });
}

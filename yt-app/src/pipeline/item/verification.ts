import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '@linkcast/contracts';
import type { DownloadedTrack } from '../tracks/track.ts';
import { longestSeconds } from './live-item.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ByteRange } from '../hls/playlist.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import { writeSample } from '../hls/sample.ts';

export interface Made {
  readonly tracks: readonly DownloadedTrack[];
  /** Is there an `audio.mp3`, too? */
  readonly withMp3: boolean;
  /** What the page of the source says; null when it says nothing. */
  readonly promisedSeconds: number | null;
}

type Where = Pick<PipelineRun, 'mediaDirectory' | 'workDirectory' | 'ffmpeg' | 'signal'>;

const DECODE_SECONDS = 60;

/**
 * Looks at what was made before it is called ready; exit code 0 proves nothing.
 *
 * @returns the seconds that could be expected of the longest track; null when nothing told.
 * @throws {Problem} source-truncated when it is shorter than promised, verification-failed when files do not fit.
 */
export async function verifyItem(where: Where, made: Made): Promise<{ expectedSeconds: number | null }> {
  const publishers = made.tracks.flatMap((track) => track.publishers);
  if (publishers.length === 0) throw new Problem('verification-failed');
  await Promise.all(publishers.map((publisher) => verifyRendition(publisher, where)));
  const expected = made.tracks.map((track) => expectedSeconds(track, made.promisedSeconds));
  // In one file, the sound may end before the picture; that the file is whole shows in the longer of the two.
  for (const [index, track] of made.tracks.entries())
    refuseTooShort(longestSeconds(track.publishers), expected[index] ?? null);
  const longest = mostOf(expected);
  // It is made of the same bytes as the rendition, which may have less sound than was promised of the picture.
  const ofMp3 = longest === null ? null : Math.min(longest, longestSeconds(publishers));
  if (made.withMp3) await verifyMp3(path.join(where.mediaDirectory, 'audio.mp3'), where, ofMp3);
  return { expectedSeconds: longest };
}

/** Pages overstate, and speak of the longest of several formats; a file, or the list of its pieces, knows itself. */
function expectedSeconds({ plan, announcedSeconds }: DownloadedTrack, promisedSeconds: number | null): number | null {
  const told = [promisedSeconds, announcedSeconds, plan.durationSeconds].filter((seconds) => seconds !== null);
  return told.length > 0 ? Math.min(...told) : null;
}

function mostOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((most, value) => Math.max(most, value)) : null;
}

async function verifyRendition(publisher: RenditionPublisher, where: Where): Promise<void> {
  const { name } = publisher.rendition;
  const mediaFile = path.join(where.mediaDirectory, `${name}.mp4`);
  const first = publisher.segments[0];
  const last = publisher.segments.at(-1);
  if (!first || !last) throw new Problem('verification-failed');
  if (last.offset + last.length !== (await stat(mediaFile)).size) throw new Problem('verification-failed');
  if (!isContiguous(publisher.segments)) throw new Problem('verification-failed');

  const sample = path.join(where.workDirectory, `${name}.sample.mp4`);
  await writeSample(sample, mediaFile, [{ offset: 0, length: first.offset }, first, ...(last === first ? [] : [last])]);
  await decode(sample, publisher.rendition.kind, where);
}

async function verifyMp3(file: string, { ffmpeg, signal }: Where, expectedSeconds: number | null): Promise<void> {
  const probed = await ffmpeg.probe(file, signal);
  if (probed?.audio?.codec !== 'mp3') throw new Problem('verification-failed');
  refuseTooShort(probed.durationSeconds ?? 0, expectedSeconds);
}

function refuseTooShort(seconds: number, expectedSeconds: number | null): void {
  if (expectedSeconds !== null && seconds < expectedSeconds - tolerance(expectedSeconds))
    throw new Problem('source-truncated');
}

/** Metadata is rounded, and sound and picture seldom end together: 1.5 seconds or 1 % may be missing. */
function tolerance(seconds: number): number {
  return Math.max(1.5, seconds * 0.01);
}

/** What was promised, when it is about right; else what came. The beginning of a file tells little of its length. */
export function settleSeconds(expectedSeconds: number | null, seconds: number): number {
  const isRight = expectedSeconds !== null && Math.abs(seconds - expectedSeconds) <= tolerance(expectedSeconds);
  return isRight ? expectedSeconds : seconds;
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
  { ffmpeg, workDirectory, signal }: Where,
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

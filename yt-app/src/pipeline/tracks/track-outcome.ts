import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@linkcast/contracts';
import type { Outcome, Program } from '@linkcast/kit';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import { isNotRun } from '../programs/ffmpeg/ffmpeg-confinement.ts';
import { ownProblem } from '../programs/own-failure.ts';
import { isBrokenPipe, throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import type { Conversion, TrackRun } from './track-programs.ts';

const CONVERTER_ENDED = 'the converter ended';
const DOWNLOADER_ENDED = 'the downloader ended';
/** Time from the end of a program's output until its end is known. */
const END_MS = 500;
/** As ffmpeg says of the last packet of a file that was cut off. */
const CUT_PACKET = /corrupt input packet|partial file|ended prematurely/;

/**
 * Waits for both ends of a pipe. The program that fails first is the cause: the other fails because of it.
 *
 * @throws {Problem} unless both finished.
 */
export async function finishBoth(
  downloader: Program,
  { program: converter, publishers }: Conversion,
  { signal, onDownloaded }: Pick<TrackRun, 'signal' | 'onDownloaded'>,
): Promise<void> {
  const first = await Promise.race([
    downloader.outcome.then((outcome) => ({ by: 'downloader', outcome }) as const),
    converter.outcome.then((outcome) => ({ by: 'converter', outcome }) as const),
  ]);
  if (first.by === 'converter' && first.outcome.kind !== 'finished') {
    await Promise.race([downloader.outcome, delay(END_MS)]); // it may have ended first, and closed the pipe
    const interrupted = await downloader.stop(CONVERTER_ENDED);
    if (isOwnFailure(interrupted)) throwUnlessDownloaded(interrupted, signal);
    await throwUnlessConverted(first.outcome, publishers, signal, interrupted.kind !== 'finished');
  }
  const downloaded = await downloader.outcome;
  if (isOwnFailure(downloaded)) {
    await converter.stop(DOWNLOADER_ENDED);
    throwUnlessDownloaded(downloaded, signal);
  }
  // A converter that finished early has read all media; verification finds out whether that is the whole item.
  onDownloaded();
  await throwUnlessConverted(await converter.outcome, publishers, signal);
}

/**
 * @param hasMore true when the source had more for ffmpeg: what ends early has nothing more.
 * @throws {Problem} unless ffmpeg finished: source-truncated or source-damaged when a part of its media can be played, else
 * source-not-media; conversion-failed when ffmpeg was stopped, has crashed or is missing; the problem of this machine when that is
 * the cause.
 */
export async function throwUnlessConverted(
  outcome: Outcome,
  publishers: readonly RenditionPublisher[],
  signal: AbortSignal,
  hasMore = false,
): Promise<void> {
  signal.throwIfAborted();
  if (outcome.kind === 'finished') return;
  if (outcome.kind === 'stopped' || isNotRun(outcome)) throw new Problem('conversion-failed', {}, { cause: outcome });
  const own = ownProblem(outcome);
  if (own) throw own;
  // A program that crashes says nothing about where its input ends.
  if (outcome.signal !== null) throw new Problem('conversion-failed', {}, { cause: outcome });
  await Promise.all(publishers.map((publisher) => publisher.flush()));
  const hasSegments = publishers.some((publisher) => publisher.segments.length > 0);
  const isCut = !hasMore && CUT_PACKET.test(outcome.stderrTail);
  const fault = isCut ? 'source-truncated' : 'source-damaged';
  throw new Problem(hasSegments ? fault : 'source-not-media', {}, { cause: outcome });
}

/** True when the download failed for a reason of its own, and not because the converter had ended. */
function isOwnFailure(outcome: Outcome): boolean {
  if (outcome.kind === 'failed') return !isBrokenPipe(outcome.stderrTail);
  return outcome.kind === 'stopped' && outcome.reason !== CONVERTER_ENDED;
}

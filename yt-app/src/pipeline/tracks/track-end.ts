import { Problem } from '@linkcast/contracts';
import type { Outcome, Program } from '@linkcast/kit';
import { isMissing } from '../programs/ffmpeg.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import { isBrokenPipe, throwUnlessFinished } from '../programs/ytdlp-errors.ts';

/** The two ends of a pipe, yt-dlp and ffmpeg, and what the second writes. */
export interface TrackPrograms {
  readonly downloader: Program;
  readonly converter: Program;
  readonly publishers: readonly RenditionPublisher[];
}

interface TrackWatch {
  readonly signal: AbortSignal;
  /** Everything has come from the source. */
  readonly onDownloaded: () => void;
}

const CONVERTER_ENDED = 'the converter ended';

/**
 * Waits for both ends; whoever failed first is to blame, for the other only follows.
 *
 * @throws {Problem} what became of the download or of the conversion, unless both finished.
 */
export async function finishBoth(
  { downloader, converter, publishers }: TrackPrograms,
  { signal, onDownloaded }: TrackWatch,
): Promise<void> {
  const first = await Promise.race([
    downloader.outcome.then((outcome) => ({ by: 'downloader', outcome }) as const),
    converter.outcome.then((outcome) => ({ by: 'converter', outcome }) as const),
  ]);
  if (first.by === 'converter' && first.outcome.kind !== 'finished') {
    const interrupted = await downloader.stop(CONVERTER_ENDED);
    if (isOwnFailure(interrupted)) throwUnlessFinished(interrupted, signal);
    await throwUnlessConverted(first.outcome, publishers, signal);
  }
  const downloaded = await downloader.outcome;
  if (isOwnFailure(downloaded)) {
    await converter.stop('the download ended');
    throwUnlessFinished(downloaded, signal);
  }
  // The converter may have read all there is, and what follows is no media: verification tells.
  onDownloaded();
  await throwUnlessConverted(await converter.outcome, publishers, signal);
}

/** @throws {Problem} when ffmpeg did not finish: the media was cut short when something plays, else it was none. */
export async function throwUnlessConverted(
  outcome: Outcome,
  publishers: readonly RenditionPublisher[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (outcome.kind === 'finished') return;
  if (outcome.kind === 'stopped' || isMissing(outcome)) throw new Problem('conversion-failed', {}, { cause: outcome });
  await Promise.all(publishers.map((publisher) => publisher.flush()));
  const hasSegments = publishers.some((publisher) => publisher.segments.length > 0);
  throw new Problem(hasSegments ? 'source-truncated' : 'source-not-media', {}, { cause: outcome });
}

/** Did the download fail by itself, and not because the converter had gone? */
function isOwnFailure(outcome: Outcome): boolean {
  if (outcome.kind === 'failed') return !isBrokenPipe(outcome.stderrTail);
  return outcome.kind === 'stopped' && outcome.reason !== CONVERTER_ENDED;
}

import type { Recording } from '@linkcast/contracts';
import { elapsedMs, pause } from '@linkcast/kit';
import { feedLive, type FeedEnd, type FeedOptions } from './live-feed.ts';
import { createLiveWindow } from './live-window.ts';
import type { LiveSource } from './segment-fetch.ts';

/** The reason for the end of a recording. */
export type RecordingEnd = Exclude<Recording, 'live'>;

export interface RecordingOptions extends Omit<FeedOptions, 'window' | 'stop'> {
  /** The source as it is now; undefined: it has ended, or is no live source any more. Rejects when it cannot be asked. */
  readonly findSource: () => Promise<LiveSource | undefined>;
  /** Aborted when a person wants no more of the source. */
  readonly stopped: AbortSignal;
  /** Aborted when a limit is reached. */
  readonly limited: AbortSignal;
  /** Pauses before each try to find a source that was lost, in seconds. Default: {@link TRY_SECONDS}. */
  readonly trySeconds?: readonly number[];
}

/** The site is asked for a lost source at once, and then after growing pauses: ten minutes, with the stalls between them. */
const TRY_SECONDS = [0, 5, 15, 30, 60, 120];
/** A source that is lost again and again without a minute between is not recorded for ever. */
const STEADY_MS = 60_000;

/** Undefined: it has ended. `unknown`: it is to be asked for. */
export type KnownSource = LiveSource | 'unknown' | undefined;

/** Records a live source into a file until it ends, is lost for good, or is stopped. */
export async function recordLive(source: KnownSource, options: RecordingOptions): Promise<RecordingEnd> {
  const { stopped, limited, signal, trySeconds = TRY_SECONDS } = options;
  const stop = AbortSignal.any([stopped, limited]);
  const feed = { ...options, stop, window: createLiveWindow(lastOf(options.file)) };
  let current: KnownSource = source;
  let failures = 0;
  for (;;) {
    if (stop.aborted) return stopped.aborted ? 'stopped' : 'limited';
    if (!current) return 'ended';
    const fed = current === 'unknown' ? FOUND_NOTHING : await feedSteadily(current, feed);
    if (fed.end === 'ended') return 'ended';
    if (fed.end === 'stopped') continue;
    if (fed.isSteady) failures = 0;
    const found = await findAgain(options, { stop, pauses: trySeconds.slice(failures) });
    failures += found.tries;
    if (found.kind === 'lost') return 'lost';
    current = found.source;
    signal.throwIfAborted();
  }
}

/** The number of the last segment of a file; null: it is empty. */
function lastOf({ place }: FeedOptions['file']): number | null {
  return place?.sequence ?? null;
}

interface Fed {
  readonly end: FeedEnd;
  /** True when segments have come for a while. */
  readonly isSteady: boolean;
}

const FOUND_NOTHING: Fed = { end: 'lost', isSteady: false };

async function feedSteadily(source: LiveSource, options: FeedOptions): Promise<Fed> {
  const begun = { at: elapsedMs(), bytes: options.file.bytes };
  const end = await feedLive(source, options);
  return { end, isSteady: options.file.bytes > begun.bytes && elapsedMs() - begun.at > STEADY_MS };
}

type Found =
  | { readonly kind: 'known'; readonly source: LiveSource | undefined; readonly tries: number }
  | { readonly kind: 'lost'; readonly tries: number };

/** Asks what has become of a source. */
async function findAgain(
  { findSource, signal }: RecordingOptions,
  { stop, pauses }: { readonly stop: AbortSignal; readonly pauses: readonly number[] },
): Promise<Found> {
  for (const [index, seconds] of pauses.entries()) {
    await pause(seconds * 1000, AbortSignal.any([stop, signal]));
    signal.throwIfAborted();
    if (stop.aborted) return { kind: 'known', source: undefined, tries: index };
    try {
      return { kind: 'known', source: await findSource(), tries: index + 1 };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
    }
  }
  return { kind: 'lost', tries: pauses.length };
}

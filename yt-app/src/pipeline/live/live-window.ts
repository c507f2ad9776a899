import type { LivePlaylist, LiveSegment } from './live-playlist.ts';

/** Decides which segments of the playlists of a live source are taken. */
export interface LiveWindow {
  /**
   * The segments of a playlist that have not been taken, in their order.
   *
   * @param nowSeconds the time, from any origin; never set back.
   */
  newOf(playlist: LivePlaylist, nowSeconds: number): readonly LiveSegment[];
  /** Notes that a segment was taken, or given up. */
  take(segment: LiveSegment): void;
  /** The number of the last segment that was taken; null: none. */
  readonly last: number | null;
}

/** A recording begins with the last segments: so many seconds of them, and not fewer than so many. */
const FIRST_SECONDS = 30;
const FIRST_SEGMENTS = 3;
/** The segments that are remembered. A server that is behind the others lists some of them again. */
const REMEMBERED = 60;
/** A server that is behind catches up within so many target durations; else the source has started again with lower numbers. */
const BEHIND_TARGETS = 3;

/** @param last the last segment that an earlier run has taken; null: the recording begins. */
export function createLiveWindow(last: number | null): LiveWindow {
  let taken = last;
  const remembered: LiveSegment[] = [];
  let behindSince: number | undefined;

  const isKnown = ({ sequence, url }: LiveSegment): boolean =>
    remembered.some((each) => each.sequence === sequence && each.url === url);
  /** Reports whether the source has started again: its numbers are lower, and it does not list what was there before. */
  const isRestart = ({ segments, targetSeconds }: LivePlaylist, nowSeconds: number): boolean => {
    const newest = segments.at(-1);
    if (taken === null || !newest || newest.sequence >= taken) {
      behindSince = undefined;
      return false;
    }
    behindSince ??= nowSeconds;
    const isLate = nowSeconds - behindSince > BEHIND_TARGETS * targetSeconds;
    return isLate || (remembered.length > 0 && !segments.some(isKnown));
  };
  return {
    get last() {
      return taken;
    },
    newOf(playlist, nowSeconds) {
      if (taken === null) return newestOf(playlist);
      const from = isRestart(playlist, nowSeconds) ? -1 : taken;
      return playlist.segments.filter(({ sequence }) => sequence > from);
    },
    take(segment) {
      taken = segment.sequence;
      behindSince = undefined;
      remembered.push(segment);
      if (remembered.length > REMEMBERED) remembered.shift();
    },
  };
}

/** The end of a playlist, with which a recording begins. */
function newestOf({ segments }: LivePlaylist): readonly LiveSegment[] {
  let seconds = 0;
  let count = 0;
  for (const segment of segments.toReversed()) {
    if (count >= FIRST_SEGMENTS && seconds + segment.seconds > FIRST_SECONDS) break;
    seconds += segment.seconds;
    count += 1;
  }
  return segments.slice(segments.length - count);
}

/** Where playback stands. Seconds from the beginning. */
export interface PlaybackClock {
  readonly current: number;
  /** End of what has arrived and can be sought to. */
  readonly watchable: number;
}

const EDGE_SECONDS = 3;

/** Does playback wait for the download, rather than for the network? */
export function isAtEdge({ current, watchable }: PlaybackClock): boolean {
  return watchable - current < EDGE_SECONDS;
}

/** Reads the clock of an element. */
export function readClock(element: HTMLMediaElement): PlaybackClock {
  const { seekable, currentTime } = element;
  const watchable = seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
  return { current: currentTime, watchable: Number.isFinite(watchable) ? watchable : currentTime };
}

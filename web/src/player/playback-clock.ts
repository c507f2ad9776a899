/** Playback position and end of the arrived part, in seconds. */
export interface PlaybackClock {
  readonly current: number;
  /** The end of the seekable part. */
  readonly watchable: number;
}

const EDGE_SECONDS = 3;

/** True within 3 s of the end of the arrived part: a stall there waits for the download, not for the network. */
export function isAtEdge({ current, watchable }: PlaybackClock): boolean {
  return watchable - current < EDGE_SECONDS;
}

/** Reads the clock of an element. */
export function readClock(element: HTMLMediaElement): PlaybackClock {
  const { seekable, currentTime } = element;
  const watchable = seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
  return { current: currentTime, watchable: Number.isFinite(watchable) ? watchable : currentTime };
}

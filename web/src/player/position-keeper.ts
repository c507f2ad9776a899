import type { PlayedItem, PositionStore } from '../stores/positions/position-store.ts';

const INTERVAL_MS = 10_000;

interface PositionKeeperOptions {
  readonly element: HTMLMediaElement;
  /** The item as it is now: an arriving one changes while it is played. */
  readonly item: () => PlayedItem;
  readonly positions: Pick<PositionStore, 'report' | 'flush' | 'leave'>;
}

/**
 * Reports the position every 10 s of playback, at a pause and at the end, after a seek at most every 10 s, and when the page is
 * hidden or left.
 *
 * @returns a function that reports for the last time and stops.
 */
export function keepPosition({ element, item, positions }: PositionKeeperOptions): () => void {
  const stopping = new AbortController();
  let hasPlayed = false; // before, the position is not yet the one at which playback starts
  let sentAt = Date.now();
  let taken = NaN;

  function take(): void {
    const { currentTime, duration } = element;
    if (!hasPlayed || currentTime === taken) return;
    taken = currentTime;
    const { id, state, durationSeconds } = item();
    const measured = Number.isFinite(duration) ? duration : null;
    positions.report({ id, state, durationSeconds: durationSeconds ?? measured }, currentTime);
  }

  function send(): void {
    take();
    sentAt = Date.now();
    void positions.flush();
  }

  function sendWhenDue(): void {
    if (hasPlayed && Date.now() - sentAt >= INTERVAL_MS) send();
  }

  function leave(): void {
    take();
    positions.leave();
  }

  const on = (target: EventTarget, name: string, listener: () => void) =>
    target.addEventListener(name, listener, { signal: stopping.signal });
  on(element, 'playing', () => (hasPlayed = true));
  on(element, 'emptied', () => (hasPlayed = false)); // the engine starts again
  on(element, 'timeupdate', () => {
    if (!element.paused) sendWhenDue();
  });
  on(element, 'seeked', sendWhenDue);
  on(element, 'pause', send);
  on(element, 'ended', send);
  on(window, 'pagehide', leave);
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
  return () => {
    stopping.abort();
    send();
  };
}

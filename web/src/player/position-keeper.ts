import type { Media } from '@linkcast/contracts';
import type { ResumePositions } from '../stores/resume-positions.ts';

const INTERVAL_MS = 5000;

interface PositionKeeperOptions {
  readonly element: HTMLMediaElement;
  readonly item: Media;
  readonly positions: ResumePositions;
}

/** Stores the playback position every 5 s, at a pause, at the end, and when the page is left. @returns a function that stops it. */
export function keepPosition({ element, item, positions }: PositionKeeperOptions): () => void {
  let storedAt = 0;

  function store(): void {
    if (element.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    storedAt = Date.now();
    positions.set(item.id, element.currentTime, item.durationSeconds ?? element.duration);
  }

  function tick(): void {
    if (!element.paused && Date.now() - storedAt > INTERVAL_MS) store();
  }

  element.addEventListener('timeupdate', tick);
  element.addEventListener('pause', store);
  element.addEventListener('ended', store);
  window.addEventListener('pagehide', store);
  return () => {
    element.removeEventListener('timeupdate', tick);
    element.removeEventListener('pause', store);
    element.removeEventListener('ended', store);
    window.removeEventListener('pagehide', store);
    store();
  };
}

import type { Media } from '@linkcast/contracts';
import type { ResumePositions } from '../stores/resume-positions.ts';

const EVERY_MS = 5000;

interface PositionKeeperOptions {
  readonly element: HTMLMediaElement;
  readonly item: Media;
  readonly positions: ResumePositions;
}

/** Notes where playback stands: every few seconds, at a pause, and when the page is left. */
export function keepPosition({ element, item, positions }: PositionKeeperOptions): () => void {
  let keptAt = 0;

  function keep(): void {
    if (element.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    keptAt = Date.now();
    positions.keep(item.id, element.currentTime, item.durationSeconds ?? element.duration);
  }

  function tick(): void {
    if (!element.paused && Date.now() - keptAt > EVERY_MS) keep();
  }

  element.addEventListener('timeupdate', tick);
  element.addEventListener('pause', keep);
  element.addEventListener('ended', keep);
  window.addEventListener('pagehide', keep);
  return () => {
    element.removeEventListener('timeupdate', tick);
    element.removeEventListener('pause', keep);
    element.removeEventListener('ended', keep);
    window.removeEventListener('pagehide', keep);
    keep();
  };
}

import { signal } from '@preact/signals';
import { paths } from '@linkcast/contracts';
import { backOffMs } from '../connection/back-off.ts';
import { emptyElement } from '../player/engine.ts';

const MAX_TRIES = 12;
const STALLED_MS = 12_000;

export type RadioPhase = 'stopped' | 'connecting' | 'playing' | 'reconnecting' | 'failed';
export type RadioPlayer = ReturnType<typeof createRadioPlayer>;

/**
 * Plays the station. It lives beside the pages, so the radio goes on while the person walks about, and tunes in again
 * when the stream ends or falls silent: ever more slowly, twelve times in a row at most.
 *
 * @param stream its path; a guest's is below the share.
 */
export function createRadioPlayer(element: HTMLAudioElement, stream: string = paths.stream) {
  const phase = signal<RadioPhase>('stopped');
  const volume = signal(1);
  let tries = 0;
  let timer: number | undefined;

  function tuneIn(): void {
    // A fresh address each time: a cached end of the stream would end again at once.
    element.src = `${stream}?at=${Date.now()}`;
    element.play().catch(broken);
  }

  function broken(): void {
    if (phase.value === 'stopped' || phase.value === 'failed') return;
    window.clearTimeout(timer);
    if (tries >= MAX_TRIES) {
      end('failed');
      return;
    }
    phase.value = 'reconnecting';
    timer = window.setTimeout(tuneIn, backOffMs(tries++));
  }

  function end(how: 'stopped' | 'failed'): void {
    phase.value = how;
    window.clearTimeout(timer);
    emptyElement(element);
  }

  function playing(): void {
    tries = 0;
    window.clearTimeout(timer);
    phase.value = 'playing';
  }

  function dry(): void {
    if (phase.value !== 'playing') return;
    window.clearTimeout(timer);
    timer = window.setTimeout(broken, STALLED_MS);
  }

  element.preload = 'none';
  element.addEventListener('playing', playing);
  element.addEventListener('waiting', dry);
  element.addEventListener('ended', broken);
  element.addEventListener('error', broken);
  element.addEventListener('pause', () => {
    // By the system (a call, headphones pulled). Going on from a buffer would play the past: stop instead.
    if (phase.value === 'playing' && !element.ended) end('stopped');
  });

  return {
    phase,
    volume,
    /** 0 to 1. */
    setVolume: (level: number) => (element.volume = volume.value = level),
    play: () => {
      tries = 0;
      phase.value = 'connecting';
      tuneIn();
    },
    stop: () => end('stopped'),
  };
}

import { signal } from '@preact/signals';
import { backOffMs, paths } from '@linkcast/contracts';
import { emptyElement } from '../player/engine.ts';

const MAX_TRIES = 12;
const RETRY = { firstMs: 1000, mostMs: 30_000 } as const;
const STALLED_MS = 12_000;

export type RadioPhase = 'stopped' | 'connecting' | 'playing' | 'reconnecting' | 'failed';
export type RadioPlayer = ReturnType<typeof createRadioPlayer>;

/**
 * Plays the station. Independent of the pages, so it keeps playing while the person navigates. Reconnects with a
 * growing delay when the stream ends or stalls for 12 s, at most 12 times in a row.
 *
 * @param stream path of the stream; a guest's is below the share.
 */
export function createRadioPlayer(element: HTMLAudioElement, stream: string = paths.stream) {
  const phase = signal<RadioPhase>('stopped');
  const volume = signal(1);
  let tries = 0;
  let timer: number | undefined;

  function tuneIn(): void {
    // A new address for each connection: a cached response would end again at once.
    element.src = `${stream}?at=${Date.now()}`;
    element.play().catch(reconnect);
  }

  function reconnect(): void {
    if (phase.value === 'stopped' || phase.value === 'failed') return;
    window.clearTimeout(timer);
    if (tries >= MAX_TRIES) {
      end('failed');
      return;
    }
    phase.value = 'reconnecting';
    timer = window.setTimeout(tuneIn, backOffMs(++tries, RETRY));
  }

  function end(last: 'stopped' | 'failed'): void {
    phase.value = last;
    window.clearTimeout(timer);
    emptyElement(element);
  }

  function handlePlaying(): void {
    tries = 0;
    window.clearTimeout(timer);
    phase.value = 'playing';
  }

  function handleWaiting(): void {
    if (phase.value !== 'playing') return;
    window.clearTimeout(timer);
    timer = window.setTimeout(reconnect, STALLED_MS);
  }

  element.preload = 'none';
  element.addEventListener('playing', handlePlaying);
  element.addEventListener('waiting', handleWaiting);
  element.addEventListener('ended', reconnect);
  element.addEventListener('error', reconnect);
  element.addEventListener('pause', () => {
    // Paused by the system (a call, headphones unplugged). Resuming would play old audio from the buffer: stop instead.
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

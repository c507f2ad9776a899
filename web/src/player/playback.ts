import { batch, signal } from '@preact/signals';
import type { Media } from '@linkcast/contracts';
import type { Engine } from './engine.ts';
import { isAtEdge, readClock, type PlaybackClock } from './playback-clock.ts';
import { startHlsEngine } from './hls-engine.ts';
import { startNativeEngine } from './native-engine.ts';
import { chooseSource, plainFileOf } from './playback-source.ts';
import type { PlaybackFailure } from './playback-recovery.ts';

export type PlaybackPhase =
  | { readonly name: 'loading' | 'playing' | 'buffering' | 'catching-up' }
  | { readonly name: 'failed'; readonly failure: PlaybackFailure };

export type Playback = ReturnType<typeof createPlayback>;

interface PlaybackOptions {
  readonly element: HTMLMediaElement;
  readonly item: Media;
  /** Position to start at, in seconds; an arriving item starts at 0 while it is shorter. */
  readonly startAt: number;
}

/** Plays one item in one element: chooses the engine, tracks its phase and clock, stops it. */
export function createPlayback({ element, item: firstItem, startAt }: PlaybackOptions) {
  const phase = signal<PlaybackPhase>({ name: 'loading' });
  const clock = signal<PlaybackClock>({ current: 0, watchable: 0 });
  const engine = signal<Engine | undefined>(undefined);
  const listeners = new AbortController();
  let item = firstItem;
  let stopped = false;

  const fail = (failure: PlaybackFailure) => {
    phase.value = { name: 'failed', failure };
  };

  async function start(seconds: number): Promise<void> {
    phase.value = { name: 'loading' };
    const HlsClass = plainFileOf(item) === undefined ? await loadHls() : undefined;
    if (stopped) return;
    const source = chooseSource(item, { mse: HlsClass?.isSupported() ?? false, nativeHls: playsHls(element) });
    if (source.engine === 'none') {
      fail('unsupported');
      return;
    }
    const options = { element, url: source.url, startAt: item.state === 'ready' ? seconds : 0, onFailure: fail };
    engine.value =
      source.engine === 'hls.js' && HlsClass ? startHlsEngine(HlsClass, options) : startNativeEngine(options);
    if (item.state !== 'ready') seekWhenLoaded(seconds);
    await play(element);
  }

  /** An arriving item starts at 0; this seeks to the resume position once it is known to be seekable. */
  function seekWhenLoaded(seconds: number): void {
    element.addEventListener(
      'loadedmetadata',
      () => {
        if (seconds > 0 && seconds < readClock(element).watchable) element.currentTime = seconds;
      },
      { once: true, signal: listeners.signal },
    );
  }

  function launch(seconds: number): void {
    start(seconds).catch((error: unknown) => {
      console.warn('player could not be loaded', error);
      fail('network');
    });
  }

  function handleWaiting(): void {
    if (phase.value.name === 'failed') return;
    const atEdge = item.state !== 'ready' && isAtEdge(readClock(element));
    phase.value = { name: atEdge ? 'catching-up' : 'buffering' };
  }

  const tick = () => (clock.value = readClock(element));
  const handlePlaying = () => (phase.value = { name: 'playing' });
  const on = (names: string, listener: () => void) => {
    for (const name of names.split(' ')) element.addEventListener(name, listener, { signal: listeners.signal });
  };
  on('timeupdate progress durationchange seeked', tick);
  on('waiting', handleWaiting);
  on('playing canplay', handlePlaying);
  launch(startAt);

  return {
    phase,
    clock,
    engine,
    /** The resume position of an earlier visit, in seconds; 0: playback started at the beginning. */
    resumedAt: startAt,
    /** Replaces the item after a change on the server, such as its completion. */
    update: (fresh: Media) => {
      item = fresh;
    },
    /** Restarts playback at the current position. */
    retry: () => {
      const { current } = clock.value;
      engine.value?.stop();
      launch(current);
    },
    stop: () => {
      stopped = true;
      listeners.abort();
      batch(() => {
        engine.value?.stop();
        engine.value = undefined;
      });
    },
  };
}

async function loadHls() {
  const { default: HlsClass } = await import('hls.js');
  return HlsClass;
}

function playsHls(element: HTMLMediaElement): boolean {
  return element.canPlayType('application/vnd.apple.mpegurl') !== '';
}

/** Starts playback if the browser allows autoplay; otherwise the person presses play. */
async function play(element: HTMLMediaElement): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    console.debug('autoplay refused', error);
  }
}

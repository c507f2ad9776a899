import { batch, signal } from '@preact/signals';
import type { Media } from '@linkcast/contracts';
import type { Engine } from './engine.ts';
import { isAtEdge, readClock, type PlaybackClock } from './playback-clock.ts';
import { startHlsEngine } from './hls-engine.ts';
import { startNativeEngine } from './native-engine.ts';
import { chooseSource, plainFileOf } from './playback-source.ts';
import type { PlaybackFailure } from './playback-recovery.ts';

export type PlaybackPhase =
  | { readonly name: 'loading' | 'going' | 'buffering' | 'catching-up' }
  | { readonly name: 'failed'; readonly failure: PlaybackFailure };

export type Playback = ReturnType<typeof createPlayback>;

interface PlaybackOptions {
  readonly element: HTMLMediaElement;
  readonly item: Media;
  /** Seconds to begin at, when that much is there. */
  readonly startAt: number;
}

/** One item playing in one element, from the choice of an engine to the end of its last request. */
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
    if (item.state !== 'ready') goOnWhenThere(seconds);
    await play(element);
  }

  /** An item that still arrives begins at 0; the place to go on at is sought when it is known to be there. */
  function goOnWhenThere(seconds: number): void {
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

  function waiting(): void {
    if (phase.value.name === 'failed') return;
    const atEdge = item.state !== 'ready' && isAtEdge(readClock(element));
    phase.value = { name: atEdge ? 'catching-up' : 'buffering' };
  }

  const tick = () => (clock.value = readClock(element));
  const going = () => (phase.value = { name: 'going' });
  const on = (names: string, listener: () => void) => {
    for (const name of names.split(' ')) element.addEventListener(name, listener, { signal: listeners.signal });
  };
  on('timeupdate progress durationchange seeked', tick);
  on('waiting', waiting);
  on('playing canplay', going);
  launch(startAt);

  return {
    phase,
    clock,
    engine,
    /** Where it went on from an earlier visit, in seconds; 0: at the start. */
    resumedAt: startAt,
    /** The item has changed: more of it is there, or all. */
    update: (fresh: Media) => {
      item = fresh;
    },
    /** Begins again at the place playback stopped at. */
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

/** Begins to play, where the browser allows it without a click; elsewhere the play button waits for one. */
async function play(element: HTMLMediaElement): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    console.debug('waiting for a click to play', error);
  }
}

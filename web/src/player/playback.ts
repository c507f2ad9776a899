import { batch, signal, type Signal } from '@preact/signals';
import type { Media } from '@linkcast/contracts';
import { LIVE_EDGE, type Engine } from './engine.ts';
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
  /** Position to start at, in seconds; an arriving item starts at 0 while it is shorter, a live one at its edge. */
  readonly startAt: number;
}

/** The state of one playback. */
interface PlaybackState {
  readonly element: HTMLMediaElement;
  readonly phase: Signal<PlaybackPhase>;
  readonly clock: Signal<PlaybackClock>;
  readonly engine: Signal<Engine | undefined>;
  /** Aborted when the playback stops. */
  readonly stopped: AbortSignal;
  item: Media;
}

/** Plays one item in one element: chooses the engine, tracks its phase and clock, stops it. */
export function createPlayback({ element, item, startAt }: PlaybackOptions) {
  const stopping = new AbortController();
  const phase = signal<PlaybackPhase>({ name: 'loading' });
  const clock = signal<PlaybackClock>({ current: 0, watchable: 0 });
  const engine = signal<Engine | undefined>(undefined);
  const state: PlaybackState = { element, phase, clock, engine, stopped: stopping.signal, item };
  followElement(state);
  launch(state, item.recording === 'live' ? LIVE_EDGE : startAt);

  return {
    phase,
    clock,
    engine,
    /** The resume position of an earlier visit, in seconds; 0: playback started at the beginning. */
    resumedAt: item.recording === 'live' ? 0 : startAt,
    /** Plays a live item from its edge. */
    goLive: () => {
      element.currentTime = engine.value?.liveEdge() ?? readClock(element).watchable;
      void play(element);
    },
    /** Replaces the item after a change on the server, such as its completion. */
    update: (fresh: Media) => {
      state.item = fresh;
    },
    /** Restarts playback at the current position. */
    retry: () => {
      const { current } = clock.value;
      engine.value?.stop();
      launch(state, current);
    },
    stop: () => {
      stopping.abort();
      batch(() => {
        engine.value?.stop();
        engine.value = undefined;
      });
    },
  };
}

/** Sets phase and clock by the events of the element. */
function followElement(state: PlaybackState): void {
  const { element, phase, clock, stopped } = state;
  const on = (names: string, listener: () => void) => {
    for (const name of names.split(' ')) element.addEventListener(name, listener, { signal: stopped });
  };
  on('timeupdate progress durationchange seeked', () => (clock.value = readClock(element)));
  on('playing canplay', () => (phase.value = { name: 'playing' }));
  on('waiting', () => {
    if (phase.value.name === 'failed') return;
    const atEdge = state.item.state !== 'ready' && isAtEdge(readClock(element));
    phase.value = { name: atEdge ? 'catching-up' : 'buffering' };
  });
}

/** Starts the engine; a player that cannot be loaded fails as a network does. */
function launch(state: PlaybackState, seconds: number): void {
  start(state, seconds).catch((error: unknown) => {
    console.warn('player could not be loaded', error);
    state.phase.value = { name: 'failed', failure: 'network' };
  });
}

async function start(state: PlaybackState, seconds: number): Promise<void> {
  const { element, phase, engine, stopped } = state;
  const fail = (failure: PlaybackFailure) => {
    phase.value = { name: 'failed', failure };
  };
  phase.value = { name: 'loading' };
  const HlsClass = plainFileOf(state.item) === undefined ? await loadHls() : undefined;
  if (stopped.aborted) return;
  const { item } = state; // it may have changed while hls.js was loaded
  const source = chooseSource(item, { mse: HlsClass?.isSupported() ?? false, nativeHls: playsHls(element) });
  if (source.engine === 'none') {
    fail('unsupported');
    return;
  }
  const options = { element, url: source.url, startAt: startOf(item, seconds), onFailure: fail };
  engine.value =
    source.engine === 'hls.js' && HlsClass ? startHlsEngine(HlsClass, options) : startNativeEngine(options);
  if (isArriving(item)) seekWhenLoaded(state, seconds);
  await play(element);
}

/** An item that is played from its beginning while it arrives. */
function isArriving({ state, recording }: Media): boolean {
  return state !== 'ready' && recording !== 'live';
}

/** A live item that has ended while hls.js was loaded has no edge any more. */
function startOf(item: Media, seconds: number): number {
  if (isArriving(item)) return 0;
  return item.recording === 'live' ? seconds : Math.max(0, seconds);
}

/** An arriving item starts at 0; this seeks to the resume position once it is known to be seekable. */
function seekWhenLoaded({ element, stopped }: PlaybackState, seconds: number): void {
  element.addEventListener(
    'loadedmetadata',
    () => {
      if (seconds > 0 && seconds < readClock(element).watchable) element.currentTime = seconds;
    },
    { once: true, signal: stopped },
  );
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

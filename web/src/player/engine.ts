import type { ReadonlySignal } from '@preact/signals';
import type { PlaybackFailure } from './playback-recovery.ts';

/** The start position of a live source: its end, as hls.js has it. */
export const LIVE_EDGE = -1;

/** A picture height offered to the person. */
export interface QualityOption {
  /** The argument of {@link Engine.chooseQuality}. */
  readonly index: number;
  readonly height: number;
}

/** Loads media into an element, through hls.js or the browser's own player. */
export interface Engine {
  /** Tallest first; empty when there are fewer than two. */
  readonly qualities: ReadonlySignal<readonly QualityOption[]>;
  /** The index of the current quality; -1 before the first fragment. */
  readonly playing: ReadonlySignal<number>;
  /** Selects a quality by index; -1 selects automatically by bandwidth. */
  readonly chooseQuality: (index: number) => void;
  /** The position at which a live source is played, in seconds; undefined: the end of what can be played. */
  readonly liveEdge: () => number | undefined;
  /** Ends all requests and timers, and removes the element's source. */
  readonly stop: () => void;
}

export interface EngineOptions {
  readonly element: HTMLMediaElement;
  readonly url: string;
  /** Position to start at, in seconds; {@link LIVE_EDGE}: where a live source is played. */
  readonly startAt: number;
  /** Called when playback has failed and all retries are used up. */
  readonly onFailure: (failure: PlaybackFailure) => void;
}

/** Removes the source of an element, which makes the browser end its requests. */
export function emptyElement(element: HTMLMediaElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

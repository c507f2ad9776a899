import type { ReadonlySignal } from '@preact/signals';
import type { PlaybackFailure } from './playback-recovery.ts';

/** One picture size a person may choose. */
export interface QualityOption {
  /** What {@link Engine.chooseQuality} takes. */
  readonly index: number;
  readonly height: number;
}

/** What brings media into an element: hls.js, or the browser by itself. */
export interface Engine {
  /** Tallest first; empty when there is nothing to choose. */
  readonly qualities: ReadonlySignal<readonly QualityOption[]>;
  /** The index being played; -1 before the first picture. */
  readonly playing: ReadonlySignal<number>;
  /** -1: as the connection allows. */
  readonly chooseQuality: (index: number) => void;
  /** Ends every request and timer, and empties the element. */
  readonly stop: () => void;
}

export interface EngineOptions {
  readonly element: HTMLMediaElement;
  readonly url: string;
  /** Seconds from the beginning. */
  readonly startAt: number;
  /** Playback cannot go on; the engine has tried what there is to try. */
  readonly onFailure: (failure: PlaybackFailure) => void;
}

/** Forgets the source of an element, so that the browser ends its requests. */
export function emptyElement(element: HTMLMediaElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

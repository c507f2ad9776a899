import { signal, type ReadonlySignal } from '@preact/signals';
import type { Mark, Preferences } from '@linkcast/contracts';

/** The time in which a skip can be taken back, in milliseconds. */
const UNDO_MS = 5000;
/** A mark that ends so soon is not worth a jump, in seconds. */
const LEAST_SECONDS = 0.5;

export interface MarkSkipper {
  /** The mark that can be skipped now. */
  readonly offered: ReadonlySignal<Mark | undefined>;
  /** The mark that was just skipped. */
  readonly skipped: ReadonlySignal<Mark | undefined>;
  /** Plays on at the end of the offered mark. */
  skip(): void;
  /** Goes back to the beginning of the mark that was just skipped. */
  undo(): void;
  stop(): void;
}

/** Skips the marks of an item while it plays, each once: whoever goes back to one wants to see it. Or offers to skip them. */
export function startMarkSkipper(
  element: HTMLMediaElement,
  marks: readonly Mark[],
  choice: NonNullable<Preferences['marks']>,
): MarkSkipper {
  const offered = signal<Mark | undefined>(undefined);
  const skipped = signal<Mark | undefined>(undefined);
  const done = new Set<Mark>();
  const stopping = new AbortController();
  let forgetting: number | undefined;

  function jump(mark: Mark): void {
    done.add(mark);
    offered.value = undefined;
    skipped.value = mark;
    element.currentTime = mark.end;
    clearTimeout(forgetting);
    forgetting = window.setTimeout(() => (skipped.value = undefined), UNDO_MS);
  }

  function follow(): void {
    const { currentTime: now, seeking } = element;
    if (seeking) return;
    const mark = marks.find(({ start, end }) => start <= now && now < end - LEAST_SECONDS);
    if (choice === 'offer') offered.value = mark;
    else if (mark && !done.has(mark) && !element.paused) jump(mark);
  }

  element.addEventListener('timeupdate', follow, { signal: stopping.signal });
  element.addEventListener('seeked', follow, { signal: stopping.signal });
  return {
    offered,
    skipped,
    skip: () => offered.value && jump(offered.value),
    undo() {
      if (!skipped.value) return;
      element.currentTime = skipped.value.start;
      skipped.value = undefined;
    },
    stop() {
      stopping.abort();
      clearTimeout(forgetting);
    },
  };
}

import type { Stoppable } from '../service/service.ts';
import { backOffMs, type BackOff } from '@linkcast/contracts';
import { elapsedMs } from './elapsed.ts';

/** Timers do not count while the machine sleeps: so due times are compared at least this often. */
const LONGEST_TIMER_MS = 30_000;

/** The consequence of work that failed. */
export type AfterFailure =
  /** The item is tried again after its back-off. */
  | { readonly kind: 'retry' }
  /** The other side named the wait, in milliseconds: `retryNow` does not shorten it. The back-off applies when it is longer. */
  | { readonly kind: 'retry-after'; readonly ms: number }
  /** The item is not tried again while its version stays the same. */
  | { readonly kind: 'give-up' };

export interface RetryQueueOptions<Item> {
  /** Reads the items that need work, the most urgent first. An item that is done is no longer among them. */
  readonly pending: () => readonly Item[];
  /** Identifies an item; one item is worked on once at a time. */
  readonly keyOf: (item: Item) => string | number;
  /** A value that changes when the item changed so that earlier failures no longer count. Default: it never does. */
  readonly versionOf?: (item: Item) => string | number | boolean;
  /** Works on one item. The signal is aborted when the queue stops. */
  readonly work: (item: Item, signal: AbortSignal) => Promise<void>;
  /** Decides after work that threw; `failures` counts the failures in a row of this version, from 1. Not called after a stop. */
  readonly onFailure: (item: Item, error: unknown, failures: number) => AfterFailure;
  readonly backOff: BackOff;
  /** Items worked on at once. Default: no limit. */
  readonly concurrency?: number;
}

/** Work on stored items that is repeated until it succeeds. */
export interface RetryQueue extends Stoppable {
  /** Reads the pending items and works on those that are due. Called after any change of them. */
  readonly wake: () => void;
  /** Ends the back-off of all items, and wakes. Waits that the other side named stay. */
  readonly retryNow: () => void;
  /** Aborts the work in progress. Resolves when that work has ended; no work begins after the call. */
  readonly stop: () => Promise<void>;
}

interface Wait {
  readonly version: string | number | boolean | undefined;
  readonly failures: number;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  readonly isNamedByServer: boolean;
}

/**
 * Creates the queue; nothing is worked on before the first `wake`. The items stay in their store: the queue holds only
 * which are worked on, and how long the others wait.
 */
export function createRetryQueue<Item>(options: RetryQueueOptions<Item>): RetryQueue {
  const { pending, keyOf, versionOf, work, concurrency = Infinity } = options;
  const stopping = new AbortController();
  const inProgress = new Map<string | number, Promise<void>>();
  const waits = new Map<string | number, Wait>();
  let timer: NodeJS.Timeout | undefined;

  const waitOf = (item: Item): Wait | undefined => {
    const wait = waits.get(keyOf(item));
    return wait?.version === versionOf?.(item) ? wait : undefined;
  };

  const start = (item: Item): void => {
    const key = keyOf(item);
    const task = work(item, stopping.signal)
      .then(() => void waits.delete(key))
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) waits.set(key, waitAfter(error, item));
      })
      .finally(() => {
        inProgress.delete(key);
        wake();
      });
    inProgress.set(key, task);
  };

  const waitAfter = (error: unknown, item: Item): Wait => {
    const failures = (waitOf(item)?.failures ?? 0) + 1;
    const decision = options.onFailure(item, error, failures);
    return { version: versionOf?.(item), failures, ...dueAfter(decision, backOffMs(failures, options.backOff)) };
  };

  const forgetAllBut = (items: readonly Item[]): void => {
    const keys = new Set(items.map(keyOf));
    for (const key of waits.keys()) if (!keys.has(key)) waits.delete(key);
  };

  const wake = (): void => {
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    const items = pending();
    forgetAllBut(items);
    const idle = items.filter((item) => !inProgress.has(keyOf(item)));
    const dueAt = (item: Item): number => waitOf(item)?.dueAt ?? 0;
    const due = idle.filter((item) => dueAt(item) <= elapsedMs());
    due.slice(0, concurrency - inProgress.size).forEach(start);
    const next = Math.min(...idle.filter((item) => !due.includes(item)).map(dueAt));
    if (next < Infinity) timer = setTimeout(wake, Math.min(Math.max(0, next - elapsedMs()), LONGEST_TIMER_MS));
  };

  return {
    wake,
    retryNow: () => {
      for (const [key, { isNamedByServer }] of waits) if (!isNamedByServer) waits.delete(key);
      wake();
    },
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all(inProgress.values());
    },
  };
}

function dueAfter(decision: AfterFailure, backOff: number): Pick<Wait, 'dueAt' | 'isNamedByServer'> {
  switch (decision.kind) {
    case 'retry':
      return { dueAt: elapsedMs() + backOff, isNamedByServer: false };
    case 'retry-after':
      return { dueAt: elapsedMs() + Math.max(backOff, decision.ms), isNamedByServer: true };
    case 'give-up':
      return { dueAt: Infinity, isNamedByServer: false };
  }
}

import { randomBytes } from 'node:crypto';
import type { LinkcastEvent } from '@linkcast/contracts';

export interface EventEntry {
  /** `<epoch>-<sequence>`: the epoch names one run of the process, the sequence counts from 1. */
  readonly id: string;
  readonly event: LinkcastEvent;
}

type EventListener = (entry: EventEntry) => void;

export interface EventBus {
  /** Calls every listener before it returns. */
  publish(event: LinkcastEvent): void;
  /**
   * Calls the listener for every event from now on. With the id of the last event that a client received, first delivers
   * the missed ones; when the id is unknown (another epoch, too old, not an id), a `reset` instead. The listener must not
   * throw.
   *
   * @returns unsubscribe.
   */
  subscribe(listener: EventListener, afterId?: string): () => void;
}

export interface EventBusOptions {
  /** Number of events that are kept for clients that reconnect. Default 1000. */
  readonly capacity?: number;
  /** Only to be set in tests; random otherwise, so that ids of an earlier run are recognised as old. */
  readonly epoch?: string;
}

/** The events of this process, in memory: synchronous and bounded. */
export function createEventBus({
  capacity = 1000,
  epoch = randomBytes(6).toString('hex'),
}: EventBusOptions = {}): EventBus {
  const recent: EventEntry[] = [];
  const listeners = new Set<EventListener>();
  let sequence = 0;

  const idOf = (number: number): string => `${epoch}-${number}`;

  const missedSince = (afterId: string): EventEntry[] => {
    const seen = sequenceOf(afterId, epoch);
    const oldestKept = sequence - recent.length + 1;
    const isKnown = seen !== undefined && seen <= sequence && seen >= oldestKept - 1;
    if (!isKnown) return [{ id: idOf(sequence), event: { name: 'reset', data: {} } }];
    return recent.slice(seen - oldestKept + 1);
  };

  return {
    publish(event) {
      sequence += 1;
      const entry = { id: idOf(sequence), event };
      recent.push(entry);
      if (recent.length > capacity) recent.shift();
      for (const listener of [...listeners]) listener(entry);
    },
    subscribe(listener, afterId) {
      const own: EventListener = (entry) => listener(entry); // the same function may listen twice
      if (afterId !== undefined) for (const entry of missedSince(afterId)) listener(entry);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

function sequenceOf(id: string, epoch: string): number | undefined {
  const number = id.startsWith(`${epoch}-`) ? id.slice(epoch.length + 1) : '';
  return /^\d{1,15}$/.test(number) ? Number(number) : undefined;
}

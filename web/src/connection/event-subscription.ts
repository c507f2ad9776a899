import { signal } from '@preact/signals';
import { backOffMs, eventPayloads, parseEvent, type EventName, type LinkcastEvent } from '@linkcast/contracts';

const EVENTS_URL = '/api/events';
/** Upper limit of the delay between two attempts to connect. */
const RETRY = { firstMs: 1000, mostMs: 8000 } as const;

export type Connection = 'connecting' | 'live' | 'lost';

interface EventSubscriptionHandlers {
  readonly onEvent: (event: LinkcastEvent) => void;
  /** Called when events may have been missed and the stores must be read again. */
  readonly onGap: () => void;
  /** Called when the server answers with an error instead of a stream: the session may have ended. */
  readonly onRefused: () => void;
}

/**
 * Subscribes to the server-sent events. The browser reconnects after a network error and resumes by Last-Event-ID;
 * after an error response it stops, and this opens a new stream with a growing delay until it is closed.
 */
export function createEventSubscription({ onEvent, onGap, onRefused }: EventSubscriptionHandlers) {
  const connection = signal<Connection>('connecting');
  let source: EventSource | undefined;
  let timer: number | undefined;
  let failures = 0;
  let gap = false;
  let isResumable = false; // an event with an id has arrived

  function receive(name: EventName, data: string): void {
    let event: LinkcastEvent | undefined;
    try {
      event = parseEvent(name, data);
    } catch (error) {
      console.warn('event does not match its schema', name, error); // the server is newer; a reload updates the page
    }
    if (event) onEvent(event);
  }

  function handleOpen(): void {
    connection.value = 'live';
    failures = 0;
    if (gap) onGap();
    gap = false;
  }

  function handleError(): void {
    connection.value = 'lost';
    gap ||= !isResumable;
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = window.setTimeout(open, backOffMs(++failures, RETRY));
    onRefused();
  }

  function open(): void {
    if (source) return;
    source = new EventSource(EVENTS_URL);
    source.addEventListener('open', handleOpen);
    source.addEventListener('error', handleError);
    // Object.keys returns string[]; the keys of this object are the event names.
    for (const name of Object.keys(eventPayloads) as EventName[]) {
      source.addEventListener(name, ({ data, lastEventId }) => {
        isResumable ||= lastEventId !== '';
        receive(name, String(data));
      });
    }
  }

  /** Closes the stream. Events until the next open count as missed. */
  function close(): void {
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
    gap = true;
    isResumable = false;
  }

  return {
    connection,
    open,
    /** Closes the stream without reporting a lost connection. */
    close: () => {
      close();
      connection.value = 'connecting';
    },
  };
}

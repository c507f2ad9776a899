import { signal } from '@preact/signals';
import { eventPayloads, parseEvent, type EventName, type LinkcastEvent } from '@linkcast/contracts';
import { backOffMs } from './back-off.ts';

const EVENTS_URL = '/api/events';
/** A person who waits for the server to come back sees it within this time. */
const MAX_PAUSE_MS = 8000;

export type Connection = 'connecting' | 'live' | 'lost';

interface EventSubscriptionHandlers {
  readonly onEvent: (event: LinkcastEvent) => void;
  /** Events may have been missed: read again what is on the page. */
  readonly onGap: () => void;
  /** The server answered, but with no stream: the session may have ended. */
  readonly onRefused: () => void;
}

/**
 * The live updates. The browser repairs short breaks by itself and resumes by Last-Event-ID; when it gives up (the
 * server answered an error) this opens a new stream, ever more slowly, for as long as the page is open.
 */
export function createEventSubscription({ onEvent, onGap, onRefused }: EventSubscriptionHandlers) {
  const connection = signal<Connection>('connecting');
  let source: EventSource | undefined;
  let timer: number | undefined;
  let failures = 0;
  let gap = false;
  let isResumable = false; // the server has given an id to resume from

  function receive(name: EventName, data: string): void {
    let event: LinkcastEvent | undefined;
    try {
      event = parseEvent(name, data);
    } catch (error) {
      console.warn('event not understood', name, error); // a newer server; the next reload brings the page to its version
    }
    if (event) onEvent(event);
  }

  function opened(): void {
    connection.value = 'live';
    failures = 0;
    if (gap) onGap();
    gap = false;
  }

  function broken(): void {
    connection.value = 'lost';
    gap ||= !isResumable;
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = window.setTimeout(open, backOffMs(failures++, MAX_PAUSE_MS));
    onRefused();
  }

  function open(): void {
    if (source) return;
    source = new EventSource(EVENTS_URL);
    source.addEventListener('open', opened);
    source.addEventListener('error', broken);
    // The keys are the names.
    for (const name of Object.keys(eventPayloads) as EventName[]) {
      source.addEventListener(name, ({ data, lastEventId }) => {
        isResumable ||= lastEventId !== '';
        receive(name, String(data));
      });
    }
  }

  /** Closes the stream; what happens until it is opened again counts as missed. */
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
    /** Closes the stream on purpose: that is no lost connection. */
    close: () => {
      close();
      connection.value = 'connecting';
    },
  };
}

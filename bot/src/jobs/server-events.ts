import { createParser } from 'eventsource-parser';

/** A server-sent event. */
export interface ServerEvent {
  readonly name: string;
  /** Empty for one that only sets the id. */
  readonly data: string;
  /** The value for `Last-Event-ID` of the next connection; without one, the last one stays. */
  readonly id: string | undefined;
}

export interface ServerEventsOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a byte after which the connection counts as lost; servers send comments to keep it open. */
  readonly idleMs: number;
  /** Called when the server has accepted the connection. */
  readonly onOpen: () => void;
  /** Handles an event. Reading ends when it throws. */
  readonly onEvent: (event: ServerEvent) => void;
  readonly signal: AbortSignal;
}

/** An event with more characters than this is an error. */
const MAX_BUFFER_CHARACTERS = 4_000_000;

/**
 * Reads server-sent events from one connection, one after another. Resolves when the server ends it; rejects when it cannot
 * be opened, breaks, is idle for too long, or is aborted.
 */
export async function readServerEvents(options: ServerEventsOptions): Promise<void> {
  const { onEvent, idleMs } = options;
  const connection = new AbortController();
  const signal = AbortSignal.any([options.signal, connection.signal]);
  const watchdog = setTimeout(() => connection.abort(new Error('the connection is idle')), idleMs);
  try {
    const headers = { accept: 'text/event-stream', ...options.headers };
    const response = await fetch(options.url, { headers, redirect: 'error', signal });
    if (!response.ok || !response.body) throw new Error(`the events endpoint answered ${response.status}`);
    options.onOpen();
    const received: ServerEvent[] = [];
    const parser = createEventParser(received);
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      parser.feed(text);
      for (const event of received.splice(0)) {
        signal.throwIfAborted();
        onEvent(event);
      }
      watchdog.refresh();
    }
  } finally {
    clearTimeout(watchdog);
    connection.abort();
  }
}

/** A parser that appends to `received`. */
function createEventParser(received: ServerEvent[]) {
  return createParser({
    maxBufferSize: MAX_BUFFER_CHARACTERS,
    onId: (id) => received.push({ name: '', data: '', id }),
    onEvent({ event = 'message', data, id }) {
      if (id !== undefined) received.pop(); // its own id, from directly before
      received.push({ name: event, data, id });
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw error; // other faults are skipped, as browsers do
    },
  });
}

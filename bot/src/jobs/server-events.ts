import { createParser } from 'eventsource-parser';

export interface ServerEventsOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a byte after which the connection counts as lost; servers send comments to keep it open. */
  readonly idleMs: number;
  /** Called when the server has accepted the connection. */
  readonly onOpen: () => void;
  readonly onEvent: (name: string, data: string) => void;
  /** Called with the id of an event before the event: the value for `Last-Event-ID` of the next connection. */
  readonly onId: (id: string) => void;
  readonly signal: AbortSignal;
}

/** An event with more characters than this is an error. */
const MAX_BUFFER_CHARACTERS = 4_000_000;

/**
 * Reads server-sent events from one connection. Resolves when the server ends it; rejects when it cannot be opened,
 * breaks, is idle for too long, or is aborted.
 */
export async function readServerEvents(options: ServerEventsOptions): Promise<void> {
  const connection = new AbortController();
  const signal = AbortSignal.any([options.signal, connection.signal]);
  const watchdog = setTimeout(() => connection.abort(new Error('the connection is idle')), options.idleMs);
  try {
    const headers = { accept: 'text/event-stream', ...options.headers };
    const response = await fetch(options.url, { headers, redirect: 'error', signal });
    if (!response.ok || !response.body) throw new Error(`the events endpoint answered ${response.status}`);
    options.onOpen();
    const parser = createEventParser(options);
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      watchdog.refresh();
      parser.feed(text);
    }
  } finally {
    clearTimeout(watchdog);
    connection.abort();
  }
}

function createEventParser({ onEvent, onId }: ServerEventsOptions) {
  return createParser({
    maxBufferSize: MAX_BUFFER_CHARACTERS,
    onId,
    onEvent: ({ event = 'message', data }) => onEvent(event, data),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw error; // other faults are skipped, as browsers do
    },
  });
}

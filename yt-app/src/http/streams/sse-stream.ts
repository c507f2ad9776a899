import { once } from 'node:events';
import type { Response } from 'express';

export interface SseStreamOptions {
  /** Milliseconds between comments that keep proxies from closing a silent connection. */
  readonly heartbeatMs: number;
  /** A client that reads nothing for so many milliseconds, while there is something to read, is disconnected. */
  readonly stallMs: number;
  /** Milliseconds between checks of the client's right. */
  readonly recheckMs: number;
}

/** One message of a stream. */
export interface SseMessage {
  /** The client's Last-Event-ID when it reconnects; without one, its last one stays. */
  readonly id?: string | undefined;
  /** Without an event, the message only sets the id. */
  readonly event?: { readonly name: string; readonly data: unknown };
}

/** An open response of server-sent events. */
export interface SseStream {
  /** Resolves when the client can take more, or the stream is over. */
  readonly send: (message: SseMessage) => Promise<void>;
  /** Ends the response; nothing is sent afterwards. */
  readonly end: () => void;
}

const RETRY_MS = 3000;

/** Starts the response, and ends it when `isAllowed` resolves with false. Calls `onClose` once, when the connection has closed. */
export function openSseStream(
  response: Response,
  { heartbeatMs, stallMs, recheckMs }: SseStreamOptions,
  isAllowed: () => Promise<boolean>,
  onClose: () => void,
): SseStream {
  const closing = new AbortController();
  const isOver = (): boolean => response.writableEnded || response.destroyed;
  const write = async (text: string): Promise<void> => {
    if (isOver() || response.write(text)) return;
    const stalled = setTimeout(() => response.destroy(), stallMs);
    await once(response, 'drain', { signal: closing.signal }).catch(() => undefined); // closed: the stream is over
    clearTimeout(stalled);
  };
  const end = (): void => {
    if (!isOver()) response.end();
  };
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) void write(': alive\n\n');
  }, heartbeatMs);
  const recheck = setInterval(() => {
    isAllowed().then(
      (allowed) => {
        if (!allowed) end();
      },
      () => end(), // the client connects again, and is checked then
    );
  }, recheckMs);
  response.once('close', () => {
    closing.abort();
    clearInterval(heartbeat);
    clearInterval(recheck);
    onClose();
  });

  response.status(200).set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  void write(`retry: ${RETRY_MS}\n\n`);

  return { send: (message) => write(textOf(message)), end };
}

function textOf({ id, event }: SseMessage): string {
  const idField = id === undefined ? '' : `id: ${id}\n`;
  const eventFields = event ? `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n` : '';
  return `${idField}${eventFields}\n`;
}

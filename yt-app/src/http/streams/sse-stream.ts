import type { Response } from 'express';
import type { EventEntry } from '../../events/event-bus.ts';

export interface SseStreamOptions {
  /** Milliseconds between comments that keep proxies from closing a silent connection. */
  readonly heartbeatMs: number;
  /** A client that leaves this many bytes unread is disconnected; it resumes when it reconnects. */
  readonly maxQueuedBytes: number;
  /** Milliseconds between checks of the client's right. */
  readonly recheckMs: number;
}

/** An open response of server-sent events. */
export interface SseStream {
  readonly send: (entry: EventEntry) => void;
  /** Ends the response; nothing is sent afterwards. */
  readonly end: () => void;
}

const RETRY_MS = 3000;

/** Starts the response, and ends it when `isAllowed` resolves with false. Calls `onClose` once, when the connection has closed. */
export function openSseStream(
  response: Response,
  { heartbeatMs, maxQueuedBytes, recheckMs }: SseStreamOptions,
  isAllowed: () => Promise<boolean>,
  onClose: () => void,
): SseStream {
  const isOver = (): boolean => response.writableEnded || response.destroyed;
  const write = (text: string): void => {
    if (isOver()) return;
    response.write(text);
    if (response.writableLength > maxQueuedBytes) response.destroy();
  };
  const end = (): void => {
    if (!isOver()) response.end();
  };
  const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs);
  const recheck = setInterval(() => {
    isAllowed().then(
      (allowed) => {
        if (!allowed) end();
      },
      () => end(), // the client connects again, and is checked then
    );
  }, recheckMs);
  response.once('close', () => {
    clearInterval(heartbeat);
    clearInterval(recheck);
    onClose();
  });

  response.status(200).set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  write(`retry: ${RETRY_MS}\n\n`);

  return {
    send: ({ id, event }) => write(`id: ${id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`),
    end,
  };
}

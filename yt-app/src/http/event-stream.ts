import type { Response } from 'express';
import type { EventEntry } from '../events/event-bus.ts';

export interface EventStreamOptions {
  /** Milliseconds between comments that keep proxies from closing a silent connection. */
  readonly heartbeatMs: number;
  /** A client that leaves this much unread is dropped; it resumes when it comes back. */
  readonly maxQueuedBytes: number;
}

/** One client that listens to server-sent events. */
export interface EventStream {
  readonly send: (entry: EventEntry) => void;
  /** Ends the answer in good order; nothing is sent afterwards. */
  readonly end: () => void;
}

const RETRY_MS = 3000;

/** Starts the answer. `onClose` is called once, whoever closed. */
export function openEventStream(
  response: Response,
  { heartbeatMs, maxQueuedBytes }: EventStreamOptions,
  onClose: () => void,
): EventStream {
  const isOver = (): boolean => response.writableEnded || response.destroyed;
  const write = (text: string): void => {
    if (isOver()) return;
    response.write(text);
    if (response.writableLength > maxQueuedBytes) response.destroy();
  };
  const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs);
  response.once('close', () => {
    clearInterval(heartbeat);
    onClose();
  });

  response.status(200).set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  write(`retry: ${RETRY_MS}\n\n`);

  return {
    send: ({ id, event }) => write(`id: ${id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`),
    end: () => {
      if (!isOver()) response.end();
    },
  };
}

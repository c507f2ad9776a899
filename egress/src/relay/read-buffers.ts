import type { Socket } from 'node:net';

/** The bytes of a pause of 50 ms at 5 MB/s. */
export const READ_BUFFER_BYTES = 256 * 1024;
/** Most buffers that are kept: 2 MB. */
const MOST_FREE = 8;

/** A download of many segments opens many connections; new memory for each took a quarter of the proxy's processor time. */
const free: Buffer[] = [];

/** Gives a buffer to read into; it still holds bytes of an earlier connection. */
export function takeReadBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
}

/** Keeps a buffer for another connection once both sockets are closed, and nothing reads or writes it any more. */
export async function returnReadBuffer(buffer: Buffer, sockets: readonly Socket[]): Promise<void> {
  await Promise.all(sockets.map(closed));
  if (free.length < MOST_FREE) free.push(buffer);
}

async function closed(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  socket.once('close', () => resolve(undefined));
  await promise;
}

import type { Socket } from 'node:net';

/** As large as what comes in a pause of 20 ms at 12 MB/s. */
export const READ_BUFFER_BYTES = 256 * 1024;
/** More are given to the garbage collector: 2 MB stay. */
const MOST_FREE = 8;

/** A download of many segments makes many connections. New memory for each cost a quarter of the proxy's processor time. */
const free: Buffer[] = [];

/** Gives memory to read into, with the bytes of an earlier connection in it. */
export function takeReadBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
}

/** Keeps a buffer for another connection, once no byte in it can still be read or written: when both sockets are closed. */
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

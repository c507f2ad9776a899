import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { Refusal } from '../http/refusal.ts';
import { READ_BUFFER_BYTES, returnReadBuffer, takeReadBuffer } from './read-buffers.ts';

const CONNECT_MS = 20_000;
/** One address of several may take so long before the next one is tried; what Node takes is too short for a far host. */
const ATTEMPT_MS = 2500;
/** A connection on which no byte moves for so long is closed, in either direction. */
export const IDLE_MS = 120_000;
/** Up to here everything passes at once: small answers, and the start of large ones, for which somebody waits. */
const PROMPT_BYTES = 256 * 1024;
/** Afterwards bytes are gathered: one large write costs as much processor time as a small one. */
const PAUSE_MS = 20;

export interface TargetOptions {
  readonly host: string;
  readonly port: number;
  /** Gives the addresses that were judged, and no others. */
  readonly lookup: LookupFunction;
  /** The other side. No byte is read from the target while some are still on their way to the client. */
  readonly client: Socket;
  /** Gets what the target sends, in a buffer that is used again afterwards, and writes it with {@link Writer}. */
  readonly onBytes: (bytes: Buffer, write: Writer) => void;
}

/** Writes to the client. */
export type Writer = (bytes: Buffer) => void;

/**
 * Connects to a target, and reads from it into one buffer for the whole connection. The kernel takes most writes at once;
 * when it does not, reading pauses until it has, because the bytes are still in the buffer.
 *
 * Closing either side closes the other one; what happens at the end of the target's bytes is the caller's decision.
 *
 * @throws {Refusal} when the target cannot be reached.
 */
export async function connectTarget({ host, port, lookup, client, onBytes }: TargetOptions): Promise<Socket> {
  let isWaiting = false;
  let received = 0;
  const resume = (): void => void target.resume();
  const onWritten = (): void => {
    if (!isWaiting || client.writableLength > 0) return;
    isWaiting = false;
    resume();
  };
  const write: Writer = (bytes) => void client.write(bytes, onWritten);
  const onRead = (count: number, buffer: Uint8Array): boolean => {
    received += count;
    onBytes(buffer.subarray(0, count) as Buffer, write); // it is the buffer below
    isWaiting = client.writableLength > 0;
    if (isWaiting) return false;
    if (received <= PROMPT_BYTES || count === READ_BUFFER_BYTES) return true;
    setTimeout(resume, PAUSE_MS);
    return false;
  };
  const readBuffer = takeReadBuffer();
  const onread = { buffer: readBuffer, callback: onRead };
  const target = connect({ host, port, lookup, autoSelectFamilyAttemptTimeout: ATTEMPT_MS, onread });
  closeTogether(client, target);
  void returnReadBuffer(readBuffer, [client, target]);
  await connected(target);
  return target;
}

function closeTogether(client: Socket, target: Socket): void {
  if (client.destroyed) target.destroy();
  client.once('close', () => target.destroy());
  target.on('error', () => undefined); // 'close' follows, and tells
}

async function connected(target: Socket): Promise<void> {
  target.setTimeout(CONNECT_MS, () => target.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
  try {
    await Promise.race([
      once(target, 'connect'),
      once(target, 'close').then(() => Promise.reject(new Error('closed'))),
    ]);
  } catch (error) {
    const isLate = error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
    throw new Refusal(isLate ? 'connection-timeout' : 'unreachable', { cause: error });
  }
  target.setTimeout(IDLE_MS);
}

import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { Refusal } from '../http/refusal.ts';
import { createGreeting } from '../upstream/greeting.ts';
import type { UpstreamHandshake } from '../upstream/handshake.ts';
import { READ_BUFFER_BYTES, returnReadBuffer, takeReadBuffer } from './read-buffers.ts';

const CONNECT_MS = 20_000;
/** Time for one of several addresses before the next one is tried; Node's default is too short for a distant host. */
const ATTEMPT_MS = 2500;
/** A connection without a byte in either direction for this long is closed. */
export const IDLE_MS = 120_000;
/** Bytes that pass without a pause: small answers, and the start of large ones, for which a viewer waits. */
const PROMPT_BYTES = 256 * 1024;
/** The pause after them, in which bytes are gathered: a large write takes as much processor time as a small one. */
const PAUSE_MS = 50;

export interface TargetOptions {
  readonly host: string;
  readonly port: number;
  /** Gives only addresses that were checked. */
  readonly lookup: LookupFunction;
  /** Of an outbound proxy at this host and port; undefined: the target is there. */
  readonly handshake?: UpstreamHandshake;
  /** Milliseconds for the handshake. Default 15,000. */
  readonly handshakeMs?: number | undefined;
  /** The client's connection. Nothing is read from the target while bytes to the client wait. */
  readonly client: Socket;
  /** Gets the bytes of the target, in a buffer that is used again after the call, and passes them to `write`. */
  readonly onBytes: (bytes: Buffer, write: Writer) => void;
}

/** Writes to the client. */
export type Writer = (bytes: Buffer) => void;

/**
 * Connects to a target, and reads from it into one buffer for the whole connection. When the kernel does not take a write at
 * once, reading pauses until it has, because the bytes are still in the buffer.
 *
 * Closing either side closes the other one; the caller decides what follows the end of the target's bytes.
 *
 * @throws {Refusal} when the target cannot be reached.
 */
export async function connectTarget(options: TargetOptions): Promise<Socket> {
  const { host, port, lookup, client, onBytes, handshake } = options;
  const greeting = handshake && createGreeting(handshake, options.handshakeMs);
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
    if (greeting?.isDone() === false) {
      greeting.read(Buffer.from(buffer.subarray(0, count)));
      return true;
    }
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
  await (greeting ? greeting.finish(target) : connected(target));
  target.setTimeout(IDLE_MS);
  return target;
}

function closeTogether(client: Socket, target: Socket): void {
  if (client.destroyed) target.destroy();
  client.once('close', () => target.destroy());
  target.on('error', () => undefined); // 'close' follows
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
}

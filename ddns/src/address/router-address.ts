import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface RouterAddressOptions {
  readonly router: string;
  readonly signal: AbortSignal;
  /** Default 5351. */
  readonly port?: number;
}

/** RFC 6886, 3.1: a quarter of a second, then doubled. It goes on for a minute; four times is enough for a router at home. */
const WAITS_MS = [250, 500, 1000, 2000];
/** Version 0, operation 0: what is your external address? */
const QUESTION = Buffer.from([0, 0]);
const ANSWER_OPERATION = 128;

/** The outside address as the router knows it, by NAT-PMP (RFC 6886, section 3.2); null: it does not tell. Never rejects. */
export async function readRouterAddress({ router, signal, port = 5351 }: RouterAddressOptions): Promise<string | null> {
  const socket = createSocket(isIPv6(router) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined); // no answer comes then, which is what we wait for
  const stop = new AbortController();
  const limit = AbortSignal.any([signal, stop.signal]);
  try {
    const answer = firstAnswer(socket, router, limit);
    for (const waitMs of WAITS_MS) {
      socket.send(QUESTION, port, router, () => undefined); // a failed send is one that got no answer
      const heard = await Promise.race([answer, delay(waitMs, undefined, { signal: limit })]);
      if (heard !== undefined) return heard;
    }
    return null;
  } catch {
    return null; // stopped, or the router says that nobody listens there
  } finally {
    stop.abort();
    socket.close();
  }
}

async function firstAnswer(
  socket: ReturnType<typeof createSocket>,
  router: string,
  signal: AbortSignal,
): Promise<string | null> {
  for (;;) {
    const [message, peer] = (await once(socket, 'message', { signal })) as [Buffer, RemoteInfo]; // dgram's event
    if (peer.address === router && message[1] === ANSWER_OPERATION) return parseAnswer(message);
  }
}

/** Version, operation, result (2 bytes), seconds since its start (4 bytes), address (4 bytes). */
function parseAnswer(message: Buffer): string | null {
  if (message.length < 12 || message[0] !== 0 || message.readUInt16BE(2) !== 0) return null;
  const address = [...message.subarray(8, 12)].join('.');
  return address === '0.0.0.0' ? null : address;
}

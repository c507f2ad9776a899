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

/** RFC 6886, 3.1: a quarter of a second, doubled for each try. It allows a minute of tries; a home router needs no more than four. */
const WAITS_MS = [250, 500, 1000, 2000];
/** Version 0, operation 0: the request for the external address. */
const REQUEST = Buffer.from([0, 0]);
const RESPONSE_OPERATION = 128;

/** Reads the external address from the router by NAT-PMP (RFC 6886, section 3.2); null: it reports none. Never rejects. */
export async function readRouterAddress({ router, signal, port = 5351 }: RouterAddressOptions): Promise<string | null> {
  const socket = createSocket(isIPv6(router) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined); // no response comes then, and the waits below end
  const stop = new AbortController();
  const limit = AbortSignal.any([signal, stop.signal]);
  try {
    const response = receiveResponse(socket, router, limit);
    for (const waitMs of WAITS_MS) {
      socket.send(REQUEST, port, router, () => undefined); // a failed send gets no response
      const address = await Promise.race([response, delay(waitMs, undefined, { signal: limit })]);
      if (address !== undefined) return address;
    }
    return null;
  } catch {
    return null; // stopped, or the router reports that the port is closed
  } finally {
    stop.abort();
    socket.close();
  }
}

async function receiveResponse(
  socket: ReturnType<typeof createSocket>,
  router: string,
  signal: AbortSignal,
): Promise<string | null> {
  for (;;) {
    const [message, peer] = (await once(socket, 'message', { signal })) as [Buffer, RemoteInfo]; // dgram's event
    if (peer.address === router && message[1] === RESPONSE_OPERATION) return parseResponse(message);
  }
}

/** Version, operation, result (2 bytes), seconds since the router's start (4 bytes), address (4 bytes). */
function parseResponse(message: Buffer): string | null {
  if (message.length < 12 || message[0] !== 0 || message.readUInt16BE(2) !== 0) return null;
  const address = [...message.subarray(8, 12)].join('.');
  return address === '0.0.0.0' ? null : address;
}

import { once } from 'node:events';
import net from 'node:net';
import type { EdgeProcess } from './edge-process.ts';
import { requestSegment } from './segment-request.ts';

export const SLOW_CLIENTS = 500;
const REQUESTS = 100;
const DRIP_MS = 1000;
/** A slow client is somebody else. */
const OTHER_ADDRESS = '127.0.0.2';

export interface SlowClientFigures {
  /** Seconds of the slowest request that another client made meanwhile. */
  readonly slowest: number;
}

/** Lets slow clients hold connections, a byte of a header every second, and takes the time of somebody else's requests. */
export async function measureSlowClients(edge: EdgeProcess, path: string, cookie: string): Promise<SlowClientFigures> {
  const sockets = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => connect(edge.port)));
  const drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, DRIP_MS);
  try {
    let slowest = 0;
    for (let number = 0; number < REQUESTS; number += 1) {
      const startedAt = performance.now();
      await requestSegment({ port: edge.port, path, cookie, number, localAddress: OTHER_ADDRESS });
      slowest = Math.max(slowest, (performance.now() - startedAt) / 1000);
    }
    return { slowest };
  } finally {
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
  }
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined); // the edge hangs up on it, which is what it is for
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  return socket;
}

import { once } from 'node:events';
import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type LookupFunction, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const CONNECT_MS = 20_000;
/** A connection on which no byte moves for so long is closed, in either direction. */
export const IDLE_MS = 120_000;

/** Connects, with a limit for connecting and one for silence afterwards. @throws the socket's error. */
export async function connectBounded(host: string, port: number, lookup: LookupFunction): Promise<Socket> {
  const socket = openBounded({ host, port, lookup });
  await once(socket, 'connect');
  return socket;
}

/** Keeps connections to origins for the next request, within the same limits. */
export function createBoundedAgent(): Agent {
  return new BoundedAgent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 32 });
}

class BoundedAgent extends Agent {
  override createConnection(options: ClientRequestArgs): Duplex {
    return openBounded(options as NetConnectOpts); // what the agent of node:http itself passes on to net.connect
  }
}

function openBounded(options: NetConnectOpts): Socket {
  const socket = connect(options);
  socket.setTimeout(CONNECT_MS);
  socket.once('connect', () => socket.setTimeout(IDLE_MS));
  socket.once('timeout', () => socket.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })));
  return socket;
}

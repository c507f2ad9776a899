import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 5000;

/** Host and port of Icecast. */
export interface IcecastAddress {
  readonly host: string;
  readonly port: number;
}

/** Returns the address at which this machine reaches a server that listens on `host`. */
export function loopbackAddressOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/**
 * Waits until Icecast accepts connections, for 5 seconds at most. ezstream waits long after a refused connection, so its
 * first attempt should succeed.
 */
export async function waitForIcecast({ host, port }: IcecastAddress): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline && !(await canConnect(host, port))) await delay(50);
}

async function canConnect(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 1000 });
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('timeout', () => resolve(false));
  });
  socket.destroy();
  return isConnected;
}

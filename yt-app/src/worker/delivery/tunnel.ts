import { once } from 'node:events';
import http from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { Problem } from '@linkcast/contracts';

/** Opens a connection to a port of the server of the target. */
export type OpenTunnel = (port: number) => Promise<Socket>;

export interface TunnelOptions {
  /** The egress proxy with the ticket of this delivery. */
  readonly proxyUrl: string;
  readonly host: string;
  readonly signal: AbortSignal;
}

/** More than the proxy waits for a connection. */
const LIMIT_MS = 30_000;

/** Creates a function that connects by CONNECT through the egress proxy, the only route to a target. It throws {@link Problem}. */
export function createTunnel({ proxyUrl, host, signal }: TunnelOptions): OpenTunnel {
  const { hostname, port: proxyPort, username, password } = new URL(proxyUrl);
  const ticket = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return async (port) => {
    const request = http.request({
      ...{ host: hostname, port: proxyPort, method: 'CONNECT', agent: false },
      path: `${isIPv6(host) ? `[${host}]` : host}:${port}`,
      headers: { 'proxy-authorization': `Basic ${ticket}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    request.end();
    const [{ statusCode }, socket, head] = (await once(request, 'connect').catch((error: unknown) => {
      signal.throwIfAborted();
      throw new Problem('delivery-unreachable', {}, { cause: error });
    })) as [http.IncomingMessage, Socket, Buffer]; // the event's arguments
    socket.on('error', () => socket.destroy()); // its reader sees the end
    if (statusCode !== 200) {
      socket.destroy();
      if (statusCode === 403) throw new Problem('source-forbidden', { host });
      throw new Problem('delivery-unreachable', {}, { cause: new Error(`the proxy answered ${statusCode}`) });
    }
    socket.setNoDelay(true); // small requests wait for their answers
    if (head.length > 0) socket.unshift(head);
    return socket;
  };
}

import { createLogger, egressProxyUrl, issueEgressTicket, type TicketClaims } from '@linkcast/kit';
import { createOriginServer, type OriginServer } from '@linkcast/testing';
import { EgressUsage } from '@linkcast/contracts';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startEgressProxy, type EgressProxy, type EgressProxyOptions } from '../../src/proxy/egress-proxy.ts';

export const KEY = 'a-key-of-the-egress-proxy-for-tests';

/** A real proxy in this process, with names that the test sets. */
export interface ProxyFixture {
  readonly url: string;
  /** Names of all lookups. */
  readonly lookups: readonly string[];
  /** The URL of the proxy with a ticket. */
  proxyUrl(claims?: Partial<TicketClaims>): string;
  usage(proxyUrl?: string): Promise<EgressUsage>;
  /** The status of a GET through the proxy. */
  get(url: string, proxyUrl?: string): Promise<number>;
  request(url: string, proxyUrl?: string): Promise<IncomingMessage>;
  /** The status of a CONNECT. */
  openTunnel(destination: string, proxyUrl?: string): Promise<number>;
  tunnel(destination: string, proxyUrl?: string): Promise<{ status: number; socket: Socket }>;
  /** Sends bytes unchanged; gives all bytes until the proxy closes, and `[ECONNRESET]` for a reset. */
  raw(text: string): Promise<string>;
  /** Gives the value of a Proxy-Authorization header. */
  authorization(claims?: Partial<TicketClaims>): string;
  close(): Promise<void>;
}

export async function createProxyFixture(
  options: Partial<EgressProxyOptions> & { readonly names?: Readonly<Record<string, readonly string[]>> } = {},
): Promise<ProxyFixture> {
  const lookups: string[] = [];
  const egress: EgressProxy = await startEgressProxy({
    host: '127.0.0.1',
    port: 0,
    key: KEY,
    allowPrivate: [],
    logger: createLogger({ service: 'test', level: process.env['LOG'] ?? 'silent' }),
    lookup: (name) => {
      lookups.push(name);
      return Promise.resolve(options.names?.[name] ?? []);
    },
    ...options,
  });
  const url = `http://127.0.0.1:${egress.port}`;
  const proxyUrl = (claims: Partial<TicketClaims> = {}): string => egressProxyUrl(url, ticketFor(claims));
  const request = async (target: string, proxy = proxyUrl()): Promise<IncomingMessage> => {
    const sent = http.get({ ...toProxy(proxy), path: target });
    const [response] = (await once(sent, 'response')) as [IncomingMessage]; // the event's one argument
    sent.on('error', () => undefined); // the response has the error, too
    return response;
  };
  const tunnel = async (destination: string, proxy = proxyUrl()): Promise<{ status: number; socket: Socket }> => {
    const sent = http.request({ ...toProxy(proxy), method: 'CONNECT', path: destination }).end();
    const [{ statusCode = 0 }, socket] = (await once(sent, 'connect')) as [IncomingMessage, Socket]; // its arguments
    socket.on('error', () => undefined); // tests wait for 'close'
    return { status: statusCode, socket };
  };
  return {
    url,
    lookups,
    proxyUrl,
    request,
    tunnel,
    authorization: (claims) => basic(ticketFor(claims ?? {})),
    async usage(proxy = proxyUrl()) {
      const { username, password } = new URL(proxy);
      const response = await fetch(`${url}/usage`, { headers: { authorization: basic({ username, password }) } });
      return EgressUsage.parse(await response.json());
    },
    async get(target, proxy) {
      const response = await request(target, proxy);
      response.resume();
      await once(response, 'end');
      return response.statusCode ?? 0;
    },
    async openTunnel(destination, proxy) {
      const { status, socket } = await tunnel(destination, proxy);
      socket.destroy();
      return status;
    },
    async raw(text) {
      const socket = connect(egress.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('error', (error: NodeJS.ErrnoException) => (answer += `[${error.code}]`));
      socket.write(text, 'latin1');
      await closing(socket);
      return answer;
    },
    close: async () => {
      await egress.stop();
    },
  };
}

/** Resolves when a socket is closed, with or without an error. */
export async function closing(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  socket.once('close', () => resolve(undefined));
  await promise;
}

export function portOf(server: OriginServer): string {
  return new URL(server.url).port;
}

/** Creates a server with a private address that is not allowed: no request may reach it. */
export function createCanary(host = '127.0.0.1'): Promise<OriginServer> {
  return createOriginServer({ host });
}

const TICKET = { jobId: 'job1', maxBytes: 1e12, refusedAddresses: [] };

function ticketFor(claims: Partial<TicketClaims>) {
  return issueEgressTicket(KEY, { ...TICKET, expiresAt: Date.now() + 600_000, ...claims });
}

export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function toProxy(proxyUrl: string): http.RequestOptions {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const headers = username === '' ? {} : { 'proxy-authorization': basic({ username, password }) };
  return { host: hostname, port, agent: false, headers };
}

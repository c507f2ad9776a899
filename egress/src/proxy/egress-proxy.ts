import type { Logger, Stoppable } from '@linkcast/kit';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { createDestinationResolver } from '../destination/destination-resolver.ts';
import { createListedNameLookup, createNameLookup, type NameLookup } from '../destination/name-lookup.ts';
import { createOwnHosts } from '../destination/own-hosts.ts';
import { Refusal, sendRefusal } from '../http/refusal.ts';
import { writeRequestHead } from '../http/request-head.ts';
import { parseResourceTarget, parseTunnelTarget } from '../http/request-target.ts';
import { forwardRequest } from '../relay/forwarded-request.ts';
import { openTunnel } from '../relay/tunnel.ts';
import { createCredentialReader } from '../tickets/credential-reader.ts';
import { createJobLedger, type JobLedgerOptions } from '../tickets/job-ledger.ts';
import { createAdmission, type Admit } from './admission.ts';
import { answerOwnRequest } from './own-request.ts';

export interface EgressProxyOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The key of the tickets. */
  readonly key: string;
  /** `host:port` pairs of ALLOW_PRIVATE_SOURCES, which are not checked. */
  readonly allowPrivate: readonly string[];
  readonly domainName?: string | undefined;
  readonly ownAddresses?: readonly string[];
  readonly logger: Logger;
  readonly limits?: JobLedgerOptions;
  /** Default: /etc/hosts and DNS. */
  readonly lookup?: NameLookup;
  /** Milliseconds that a lookup may take. */
  readonly lookupMs?: number;
  /** Milliseconds for the handshake with an outbound proxy. */
  readonly handshakeMs?: number;
  /** Gives the networks of this machine. Default: those of the operating system. */
  readonly networks?: () => readonly string[];
}

/**
 * The forward proxy: the only route to the internet for the programs that follow links of strangers. It resolves a name once,
 * checks the addresses, and connects only to those. So redirects, manifests and changing DNS answers are all checked.
 */
export interface EgressProxy extends Stoppable {
  readonly port: number;
}

/** Node's default is too small for the cookies of some sites. */
const MAX_HEAD_BYTES = 64 * 1024;

export async function startEgressProxy(options: EgressProxyOptions): Promise<EgressProxy> {
  const { host, port, logger } = options;
  const ledger = createJobLedger(options.limits);
  const readCredentials = createCredentialReader(options.key);
  const lookup = options.lookup ?? createNameLookup();
  const lookupListed = createListedNameLookup(lookup);
  const resolve = createResolver({ ...options, lookup, lookupListed });
  const admit = createAdmission({ ...options, ledger, readCredentials, resolve, lookupListed });
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (request, response) => {
    if (request.url?.startsWith('/')) answerOwnRequest(request, response, { ledger, readCredentials });
    else void handle(request.socket, () => forward(request, admit), logger);
  });
  server.on('connect', (request, stream, head) => {
    if (!(stream instanceof Socket)) return; // the server listens on TCP
    void handle(stream, () => tunnel(request, { client: stream, head, admit }), logger);
  });
  await listen(server, host, port);
  const { port: listeningPort } = server.address() as AddressInfo; // it listens on TCP
  logger.info({ host, port: listeningPort }, 'listening');
  return {
    port: listeningPort,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      ledger.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}

type ResolverOptions = EgressProxyOptions & { readonly lookup: NameLookup; readonly lookupListed: NameLookup };

function createResolver({ allowPrivate, ownAddresses = [], lookupMs, networks, ...options }: ResolverOptions) {
  const { domainName, lookup, lookupListed } = options;
  return createDestinationResolver({
    ...{ allowed: allowPrivate, lookup, lookupListed },
    own: createOwnHosts({ domainName, ownAddresses, lookup, ...(networks && { networks }) }),
    ...(lookupMs !== undefined && { lookupMs }),
  });
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

async function forward(request: IncomingMessage, admit: Admit): Promise<void> {
  const { socket: client, url = '', headers } = request;
  const target = parseResourceTarget(url);
  const head = writeRequestHead(request, target);
  await forwardRequest(request, head, await admit({ client, credentials: headers['proxy-authorization'], target }));
}

async function tunnel(
  { url = '', headers }: IncomingMessage,
  { client, head, admit }: { readonly client: Socket; readonly head: Buffer; readonly admit: Admit },
): Promise<void> {
  const target = parseTunnelTarget(url);
  await openTunnel(head, await admit({ client, credentials: headers['proxy-authorization'], target }));
}

/** Connections with a proxied request: a second request on one of them is disconnected. */
const used = new WeakSet<Socket>();

async function handle(client: Socket, run: () => Promise<void>, logger: Logger): Promise<void> {
  const isFirst = !used.has(client);
  used.add(client);
  client.on('error', () => client.destroy());
  try {
    if (isFirst) await run();
    else client.destroy();
  } catch (error) {
    if (!(error instanceof Refusal)) logger.error({ err: error }, 'bug: request failed');
    if (error instanceof Refusal) sendRefusal(client, error);
    else client.destroy();
  }
}

import type { Logger } from '@linkcast/kit';
import type { Socket } from 'node:net';
import { pinnedLookup, type ResolveDestination } from '../destination/destination-resolver.ts';
import type { NameLookup } from '../destination/name-lookup.ts';
import { Refusal } from '../http/refusal.ts';
import type { RequestTarget } from '../http/request-target.ts';
import type { TunnelOptions } from '../relay/tunnel.ts';
import type { ReadCredentials } from '../tickets/credential-reader.ts';
import type { JobLedger } from '../tickets/job-ledger.ts';
import { findUpstream } from '../upstream/upstream-route.ts';

export interface AdmissionOptions {
  readonly ledger: JobLedger;
  readonly readCredentials: ReadCredentials;
  readonly resolve: ResolveDestination;
  /** For outbound proxies. */
  readonly lookupListed: NameLookup;
  /** Milliseconds for the handshake with one. */
  readonly handshakeMs?: number | undefined;
  readonly logger: Logger;
}

/** Checks the ticket and the target of a request. Throws {@link Refusal}. */
export type Admit = (request: {
  readonly client: Socket;
  /** The Proxy-Authorization header. */
  readonly credentials: string | undefined;
  readonly target: RequestTarget;
}) => Promise<TunnelOptions>;

export function createAdmission({ ledger, readCredentials, resolve, logger, ...outbound }: AdmissionOptions): Admit {
  return async ({ client, credentials, target }) => {
    const ticket = readCredentials(credentials);
    if (!ticket) throw new Refusal('ticket-needed');
    const account = ledger.open(ticket);
    account.attach(client);
    const disconnected = new AbortController();
    client.once('close', () => disconnected.abort(new Error('client disconnected')));
    const { jobId, purpose, refusedAddresses, upstream, only } = ticket;
    const { signal } = disconnected;
    try {
      const addresses = await resolve(target, { refusedAddresses, only, signal });
      const { hostname: host, port } = target;
      const [address = ''] = addresses; // never none
      const route = upstream
        ? await findUpstream(upstream, { address, port }, { lookup: outbound.lookupListed, signal })
        : { host, port, lookup: pinnedLookup(addresses) };
      const { handshakeMs } = outbound;
      return { ...route, client, handshakeMs, onReceived: (bytes) => account.receive(bytes) };
    } catch (error) {
      if (error instanceof Refusal && error.code === 'forbidden-address') {
        if (purpose === 'download') account.recordRefusal(target.hostname);
        logger.warn({ jobId, purpose, host: target.hostname, port: target.port }, 'source refused');
      }
      throw error;
    }
  };
}

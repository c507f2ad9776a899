import type { Logger } from '@linkcast/kit';
import type { Socket } from 'node:net';
import { pinnedLookup, type ResolveDestination } from '../destination/destination-resolver.ts';
import { Refusal } from '../http/refusal.ts';
import type { RequestTarget } from '../http/request-target.ts';
import type { TunnelOptions } from '../relay/tunnel.ts';
import type { ReadCredentials } from '../tickets/credential-reader.ts';
import type { JobLedger } from '../tickets/job-ledger.ts';

export interface AdmissionOptions {
  readonly ledger: JobLedger;
  readonly readCredentials: ReadCredentials;
  readonly resolve: ResolveDestination;
  readonly logger: Logger;
}

/** Checks the ticket and the target of a request. Throws {@link Refusal}. */
export type Admit = (request: {
  readonly client: Socket;
  /** The Proxy-Authorization header. */
  readonly credentials: string | undefined;
  readonly target: RequestTarget;
}) => Promise<TunnelOptions>;

export function createAdmission({ ledger, readCredentials, resolve, logger }: AdmissionOptions): Admit {
  return async ({ client, credentials, target }) => {
    const ticket = readCredentials(credentials);
    if (!ticket) throw new Refusal('ticket-needed');
    const account = ledger.open(ticket);
    account.attach(client);
    const disconnected = new AbortController();
    client.once('close', () => disconnected.abort(new Error('client disconnected')));
    const { jobId, purpose, refusedAddresses } = ticket;
    try {
      const addresses = await resolve(target, { refusedAddresses, signal: disconnected.signal });
      const { hostname: host, port } = target;
      return { host, port, client, lookup: pinnedLookup(addresses), onReceived: (bytes) => account.receive(bytes) };
    } catch (error) {
      if (error instanceof Refusal && error.code === 'forbidden-address') {
        if (purpose === 'download') account.recordRefusal(target.hostname);
        logger.warn({ jobId, purpose, host: target.hostname, port: target.port }, 'source refused');
      }
      throw error;
    }
  };
}

import type { NameStatus } from '@linkcast/contracts';
import { egressProxyUrl, issueEgressTicket, normalizeAddress } from '@linkcast/kit';
import { randomId } from '../random-id.ts';

/** Issues tickets for the egress proxy. It stays with the one who has the key; whoever runs jobs gets tickets alone. */
export interface JobTickets {
  /** The proxy with a ticket for one claim, as programs take a proxy. */
  issue(claimId: string, lifetimeMs: number): Promise<string>;
}

export interface JobTicketOptions {
  /** Root of the proxy: `http://egress:5003`. */
  readonly egressUrl: string;
  readonly key: string;
  /** Bytes that one run may receive. */
  readonly maxBytes: number;
  /** The status of our public name; null while the DDNS updater does not answer. */
  readonly readName: () => Promise<NameStatus | null>;
}

/** As many as a ticket holds. */
const MAX_ADDRESSES = 32;

export function createJobTickets({ egressUrl, key, maxBytes, readName }: JobTicketOptions): JobTickets {
  return {
    async issue(claimId, lifetimeMs) {
      const ticket = issueEgressTicket(key, {
        jobId: `${claimId}.${randomId()}`, // each claim counts for itself
        maxBytes,
        expiresAt: Date.now() + lifetimeMs,
        refusedAddresses: publicAddresses(await readName()),
      });
      return egressProxyUrl(egressUrl, ticket);
    },
  };
}

/** Where the internet finds us: a request to it from inside would come back by the router. */
function publicAddresses(status: NameStatus | null): string[] {
  if (status === null) return [];
  const found = [status.routerAddress, ...status.addresses.flatMap((address) => [address.public, ...address.served])];
  const addresses = found.flatMap((address) => (address === null ? [] : (normalizeAddress(address) ?? [])));
  return [...new Set(addresses)].slice(0, MAX_ADDRESSES);
}

import type { EgressDestination, EgressUpstream, NameStatus } from '@linkcast/contracts';
import { egressProxyUrl, issueEgressTicket, normalizeAddress } from '@linkcast/kit';
import { randomId } from '../random-id.ts';

/** Issues tickets for the egress proxy. Only the API has the key; workers get tickets. */
export interface JobTickets {
  /**
   * The URL of the proxy, with a ticket for one claim as its credentials.
   *
   * @param upstream the outbound proxy behind it. Default: none.
   */
  issue(claimId: string, lifetimeMs: number, upstream?: EgressUpstream): Promise<string>;
  /** The same for a delivery: with a ticket that reaches this destination, in the home network too, and no other. */
  issueFor(only: EgressDestination, delivery: DeliveryTraffic): string;
}

/** The limits of the ticket of a delivery. */
export interface DeliveryTraffic {
  readonly claimId: string;
  readonly lifetimeMs: number;
  /** Bytes that may come back: the file is read again. */
  readonly maxBytes: number;
}

export interface JobTicketOptions {
  /** Root of the proxy: `http://egress:5003`. */
  readonly egressUrl: string;
  readonly key: string;
  /** Bytes that one claim may receive. */
  readonly maxBytes: number;
  /** The status of our public name; null while the DDNS updater does not answer. */
  readonly readName: () => Promise<NameStatus | null>;
}

/** The most that a ticket holds. */
const MAX_ADDRESSES = 32;

export function createJobTickets({ egressUrl, key, maxBytes, readName }: JobTicketOptions): JobTickets {
  return {
    async issue(claimId, lifetimeMs, upstream) {
      const ticket = issueEgressTicket(key, {
        jobId: `${claimId}.${randomId()}`, // each claim, and each of its ways, counts for itself
        maxBytes,
        expiresAt: Date.now() + lifetimeMs,
        refusedAddresses: publicAddresses(await readName()),
        upstream,
      });
      return egressProxyUrl(egressUrl, ticket);
    },
    issueFor(only, { claimId, lifetimeMs, maxBytes: most }) {
      const expiresAt = Date.now() + lifetimeMs;
      const jobId = `${claimId}.${randomId()}`;
      const ticket = issueEgressTicket(key, { jobId, maxBytes: most, expiresAt, refusedAddresses: [], only });
      return egressProxyUrl(egressUrl, ticket);
    },
  };
}

/** Our own public addresses: the router would lead a request to them back inside. */
function publicAddresses(status: NameStatus | null): string[] {
  if (status === null) return [];
  const found = [status.routerAddress, ...status.addresses.flatMap((address) => [address.public, ...address.served])];
  const addresses = found.flatMap((address) => (address === null ? [] : (normalizeAddress(address) ?? [])));
  return [...new Set(addresses)].slice(0, MAX_ADDRESSES);
}

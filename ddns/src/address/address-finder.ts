import type { Message } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import { abortable } from '../time/abortable.ts';
import type { AddressClassifier } from './address-classifier.ts';
import type { AddressSource } from './address-source.ts';
import type { Addresses, Family } from './addresses.ts';

/** The result of one family. `none`: no source can be reached over it. `refused`: the votes do not count, with the reason. */
export type AddressFinding =
  | { readonly kind: 'agreed'; readonly address: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly sentence: string; readonly message: Message };

/** The public addresses of this line. */
export interface PublicAddresses {
  readonly ipv4: AddressFinding;
  readonly ipv6: AddressFinding;
}

export interface AddressFinderOptions {
  readonly sources: readonly AddressSource[];
  readonly classify: AddressClassifier;
  /** False: IPv6 is not queried, and its finding is `none`. */
  readonly hasIpv6: boolean;
  /** Milliseconds for each source. Default 8000. */
  readonly timeoutMs?: number;
}

interface Vote {
  readonly host: string;
  readonly address: string;
}

const NEEDED_VOTES = 2;

/** Queries all sources at once for our public addresses, and counts their answers with {@link countVotes}. Never rejects. */
export function createAddressFinder(options: AddressFinderOptions): (signal: AbortSignal) => Promise<PublicAddresses> {
  const { sources, classify, hasIpv6, timeoutMs = 8000 } = options;

  const find = async (family: Family, signal: AbortSignal): Promise<AddressFinding> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const queries = sources.map(async (source) => ({
      host: source.host,
      address: await abortable(source.query(family, limited), limited),
    }));
    const results = await Promise.allSettled(queries);
    const votes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    return countVotes(votes, classify);
  };
  return async (signal) => {
    const [ipv4, ipv6] = await Promise.all([find(4, signal), hasIpv6 ? find(6, signal) : { kind: 'none' as const }]);
    return { ipv4, ipv6 };
  };
}

/** Accepts an address that two or more hosts report, that is more than half of all hosts that answer, and that is global. */
export function countVotes(votes: readonly Vote[], classify: AddressClassifier): AddressFinding {
  const addresses = [...new Map(votes.map(({ host, address }) => [host, address])).values()]; // one vote for each host
  if (addresses.length === 0) return { kind: 'none' };
  const count = (address: string): number => addresses.filter((one) => one === address).length;
  const [winner = ''] = addresses.toSorted((a, b) => count(b) - count(a));
  const refused = (reason: Message): AddressFinding => ({ kind: 'refused', ...worded(reason) });

  if (addresses.length < NEEDED_VOTES) return refused(message('address-one-source', { address: winner }));
  if (count(winner) < NEEDED_VOTES || count(winner) * 2 <= addresses.length)
    return refused(message('address-sources-disagree', { addresses: [...new Set(addresses)] }));
  switch (classify(winner)) {
    case 'global':
      return { kind: 'agreed', address: winner };
    case 'carrier-nat':
      return refused(message('address-carrier-nat', { address: winner }));
    case 'not-public':
      return refused(message('address-not-public', { address: winner }));
  }
}

/** The addresses that the sources agree on. */
export function agreedAddresses({ ipv4, ipv6 }: PublicAddresses): Addresses {
  return { ipv4: agreedAddress(ipv4), ipv6: agreedAddress(ipv6) };
}

function agreedAddress(finding: AddressFinding): string | undefined {
  return finding.kind === 'agreed' ? finding.address : undefined;
}

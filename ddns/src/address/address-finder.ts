import { texts } from '@linkcast/texts';
import { abortable } from '../time/abortable.ts';
import type { AddressKind, Family } from './address-classifier.ts';
import type { AddressSource } from './address-source.ts';

/** What the sources say about one family. `none`: no source can be reached over it. */
export type Finding =
  | { readonly kind: 'agreed'; readonly address: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly sentence: string };

export interface PublicAddresses {
  readonly ipv4: Finding;
  readonly ipv6: Finding;
}

export interface AddressFinderOptions {
  readonly sources: readonly AddressSource[];
  readonly judge: (address: string) => AddressKind;
  /** Is IPv6 looked at, too? */
  readonly hasIpv6: boolean;
  /** Milliseconds each source has. Default 8000. */
  readonly timeoutMs?: number;
}

interface Vote {
  readonly host: string;
  readonly address: string;
}

const NEEDED_VOICES = 2;

/** Asks all sources at once for our public addresses; see {@link judgeVotes} for when they are believed. Never rejects. */
export function createAddressFinder(options: AddressFinderOptions): (signal: AbortSignal) => Promise<PublicAddresses> {
  const { sources, judge, hasIpv6, timeoutMs = 8000 } = options;

  const find = async (family: Family, signal: AbortSignal): Promise<Finding> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const asked = sources.map(async (source) => ({
      host: source.host,
      address: await abortable(source.ask(family, limited), limited),
    }));
    const settled = await Promise.allSettled(asked);
    const votes = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    return judgeVotes(votes, judge);
  };
  return async (signal) => {
    const [ipv4, ipv6] = await Promise.all([find(4, signal), hasIpv6 ? find(6, signal) : { kind: 'none' as const }]);
    return { ipv4, ipv6 };
  };
}

/** An address counts when two sources or more of different hosts say it, more than say anything else, and it is a public one. */
export function judgeVotes(votes: readonly Vote[], judge: (address: string) => AddressKind): Finding {
  const voices = new Map(votes.map(({ host, address }) => [host, address])); // one voice a host
  if (voices.size === 0) return { kind: 'none' };
  const addresses = [...voices.values()];
  const count = (address: string): number => addresses.filter((one) => one === address).length;
  const [winner = ''] = addresses.toSorted((a, b) => count(b) - count(a));
  const refused = (sentence: string): Finding => ({ kind: 'refused', sentence });

  if (voices.size < NEEDED_VOICES) return refused(texts.dnsName.tooFewSources(winner));
  if (count(winner) < NEEDED_VOICES || count(winner) * 2 <= voices.size)
    return refused(texts.dnsName.sourcesDisagree([...new Set(addresses)].join(', ')));
  switch (judge(winner)) {
    case 'global':
      return { kind: 'agreed', address: winner };
    case 'carrier-nat':
      return refused(texts.dnsName.carrierNat(winner));
    case 'not-public':
      return refused(texts.dnsName.notPublic(winner));
  }
}

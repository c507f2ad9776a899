import { canonicalHost, isInBlock, normalizeAddress } from '@linkcast/kit';
import { networkInterfaces } from 'node:os';
import type { NameLookup } from './name-lookup.ts';

/** Tells whether a host is this installation itself, or something in this machine's own networks. */
export interface OwnHosts {
  hasName(hostname: string): boolean;
  hasAddress(addresses: readonly string[]): Promise<boolean>;
}

export interface OwnAddressOptions {
  /** Public name of the site. */
  readonly domainName: string | undefined;
  /** Addresses and blocks (CIDR), as OWN_ADDRESSES has them. */
  readonly ownAddresses: readonly string[];
  readonly lookup: NameLookup;
  /** The networks that this machine has an address in. Default: those of the operating system at this moment. */
  readonly networks?: () => readonly string[];
  /** Milliseconds for which the addresses of the public name are good. Default a minute. */
  readonly maxAgeMs?: number;
}

/** Bits. What is larger is no network of neighbours, but a tunnel that carries everything. */
const SHORTEST_PREFIX = { IPv4: 16, IPv6: 32 };
const NAME_LOOKUP_MS = 5000;
const NAME_RETRY_MS = 10_000;

/**
 * A request from inside to the machine's own public address comes back by the router (hairpin), or reaches its admin page
 * or a neighbour on the same link, past the firewall. So these are no sources, though their addresses are public.
 */
export function createOwnHosts(options: OwnAddressOptions): OwnHosts {
  const { domainName, ownAddresses, networks = readNetworks } = options;
  const own = ownAddresses.map((entry) => (entry.includes('/') ? entry : blockOf(entry)));
  const nameAddresses = createNameAddresses(options);

  return {
    hasName: (hostname) => domainName !== undefined && canonicalHost(hostname) === canonicalHost(domainName),
    async hasAddress(addresses) {
      const blocks = [...own, ...networks()];
      if (addresses.some((address) => blocks.some((block) => isInBlock(address, block)))) return true;
      const ofName = await nameAddresses();
      return addresses.some((address) => ofName.has(normalizeAddress(address)));
    },
  };
}

/** The addresses that the public name leads to, looked up once for all who wait. When nobody answers, the last ones stay. */
function createNameAddresses({ domainName, lookup, maxAgeMs = 60_000 }: OwnAddressOptions) {
  let known: ReadonlySet<string | undefined> = new Set();
  let goodUntil = -Infinity;
  let refreshing: Promise<void> | undefined;

  const refresh = async (name: string): Promise<void> => {
    const addresses = await lookup(name, AbortSignal.timeout(NAME_LOOKUP_MS)).catch(() => undefined); // see above
    if (addresses) known = new Set(addresses.map(normalizeAddress));
    goodUntil = Date.now() + (addresses ? maxAgeMs : NAME_RETRY_MS);
    refreshing = undefined;
  };
  return async (): Promise<ReadonlySet<string | undefined>> => {
    if (domainName === undefined || Date.now() < goodUntil) return known;
    refreshing ??= refresh(domainName);
    await refreshing;
    return known;
  };
}

/** Read each time: an address may come with DHCP, a cable or a tunnel. */
function readNetworks(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found.flatMap(({ family, cidr }) => {
    const bits = Number(cidr?.split('/')[1] ?? 0);
    return cidr !== null && bits >= SHORTEST_PREFIX[family] ? [cidr] : [];
  });
}

function blockOf(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

import { canonicalHost, elapsedMs, isInBlock, normalizeAddress } from '@linkcast/kit';
import { networkInterfaces } from 'node:os';
import type { NameLookup } from './name-lookup.ts';

/** Recognises hosts that are this installation itself, or in this machine's own networks. */
export interface OwnHosts {
  hasName(hostname: string): boolean;
  hasAddress(addresses: readonly string[]): Promise<boolean>;
}

export interface OwnHostsOptions {
  /** Public name of the site. */
  readonly domainName: string | undefined;
  /** Addresses and blocks (CIDR) of OWN_ADDRESSES. */
  readonly ownAddresses: readonly string[];
  readonly lookup: NameLookup;
  /** Gives the networks in which this machine has an address. Default: those of the operating system at each call. */
  readonly networks?: () => readonly string[];
  /** Milliseconds for which the addresses of the public name are cached. Default 60,000. */
  readonly maxAgeMs?: number;
}

/** Bits. A larger network has no neighbours: it is the route of a tunnel. */
const SHORTEST_PREFIX = { IPv4: 16, IPv6: 32 };
const NAME_LOOKUP_MS = 5000;
const NAME_RETRY_MS = 10_000;

/**
 * A request to the machine's own public address comes back by the router (hairpin), or reaches the router's admin page or a
 * neighbour on the same link, past the firewall. So these hosts are not sources, although their addresses are public.
 */
export function createOwnHosts(options: OwnHostsOptions): OwnHosts {
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

/** The cached addresses of the public name, with one lookup for all callers that wait. A failed lookup keeps the last ones. */
function createNameAddresses({ domainName, lookup, maxAgeMs = 60_000 }: OwnHostsOptions) {
  let cached: ReadonlySet<string | undefined> = new Set();
  let goodUntil = -Infinity;
  let refreshing: Promise<void> | undefined;

  const refresh = async (name: string): Promise<void> => {
    const addresses = await lookup(name, AbortSignal.timeout(NAME_LOOKUP_MS)).catch(() => undefined); // the last addresses stay
    if (addresses) cached = new Set(addresses.map(normalizeAddress));
    goodUntil = elapsedMs() + (addresses ? maxAgeMs : NAME_RETRY_MS);
    refreshing = undefined;
  };
  return async (): Promise<ReadonlySet<string | undefined>> => {
    if (domainName === undefined || elapsedMs() < goodUntil) return cached;
    refreshing ??= refresh(domainName);
    await refreshing;
    return cached;
  };
}

/** Reads the networks at each call: DHCP, a cable or a tunnel may add an address. */
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

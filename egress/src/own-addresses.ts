import { canonicalHost, isInBlock, normalizeAddress } from '@linkcast/kit';
import { networkInterfaces } from 'node:os';
import type { NameLookup } from './name-lookup.ts';

/** Tells whether a host is this installation itself, or something in this machine's own networks. */
export type IsOwnHost = (hostname: string, addresses: readonly string[], signal: AbortSignal) => Promise<boolean>;

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

/**
 * A request from inside to the machine's own public address comes back by the router (hairpin), or reaches its admin page
 * or a neighbour on the same link, past the firewall. So these are no sources, though their addresses are public.
 */
export function createOwnHostCheck(options: OwnAddressOptions): IsOwnHost {
  const { domainName, ownAddresses, networks = readNetworks } = options;
  const own = ownAddresses.map((entry) => (entry.includes('/') ? entry : blockOf(entry)));
  const nameAddresses = createNameAddresses(options);

  return async (hostname, addresses, signal) => {
    if (domainName !== undefined && canonicalHost(hostname) === canonicalHost(domainName)) return true;
    const blocks = [...own, ...networks()];
    if (addresses.some((address) => blocks.some((block) => isInBlock(address, block)))) return true;
    const ofName = await nameAddresses(signal);
    return addresses.some((address) => ofName.has(normalizeAddress(address)));
  };
}

/** The addresses that the public name leads to. When nobody answers, the last ones stay. */
function createNameAddresses({ domainName, lookup, maxAgeMs = 60_000 }: OwnAddressOptions) {
  let known: ReadonlySet<string | undefined> = new Set();
  let readAt = -Infinity;

  return async (signal: AbortSignal): Promise<ReadonlySet<string | undefined>> => {
    if (domainName === undefined || Date.now() - readAt < maxAgeMs) return known;
    const addresses = await lookup(domainName, signal).catch(() => undefined); // see above
    if (addresses === undefined) return known;
    known = new Set(addresses.map(normalizeAddress));
    readAt = Date.now();
    return known;
  };
}

/** Read each time: an address may come with DHCP, a cable or a tunnel. A network without a mask would be all of them. */
function readNetworks(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found.flatMap(({ cidr }) => (cidr === null || cidr.endsWith('/0') ? [] : [cidr]));
}

function blockOf(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

export type Family = 4 | 6;

/** How an address looks from outside: reachable, shared by the line's provider (100.64.0.0/10), or of no use there. */
export type AddressKind = 'global' | 'carrier-nat' | 'not-public';

/** IANA gives out global unicast addresses from 2000::/3 only. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** The judge of public addresses. `allowed`: ranges (CIDR) that count as public too, for names inside a private network. */
export function createAddressClassifier(allowed: readonly string[] = []): (address: string) => AddressKind {
  const ranges = allowed.map((range) => ipaddr.parseCIDR(range));
  return (address) => {
    if (isIP(address) === 0) return 'not-public';
    const parsed = ipaddr.parse(address);
    if (ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits)))
      return 'global';
    if (parsed.range() === 'carrierGradeNat') return 'carrier-nat';
    const isGlobal = parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6));
    return isGlobal ? 'global' : 'not-public';
  };
}

/** One way to write an address, so that two of them can be compared as text. */
export function normalAddress(address: string): string {
  return isIP(address) === 6 ? ipaddr.parse(address).toString() : address;
}

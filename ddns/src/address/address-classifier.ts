import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** Reachable from the internet, shared by the provider of the line (100.64.0.0/10), or not reachable. */
export type AddressKind = 'global' | 'carrier-nat' | 'not-public';

export type AddressClassifier = (address: string) => AddressKind;

/** IANA assigns global unicast addresses from 2000::/3 only. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** @param allowed ranges (CIDR) that count as global too, for names inside a private network. */
export function createAddressClassifier(allowed: readonly string[] = []): AddressClassifier {
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

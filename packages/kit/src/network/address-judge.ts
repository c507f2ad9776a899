import ipaddr from 'ipaddr.js';

/** The only block that IANA gives to the public IPv6 internet (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Networks without IPv4 of their own reach all of it through this prefix (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Reports whether an IP address is part of the public internet. Everything else is refused: private, loopback, link-local, carrier
 * NAT, documentation, multicast, and what is no IP address at all.
 *
 * IPv4 inside IPv6 counts as the IPv4 address where it is in use (mapped, NAT64); the other disguises (compatible,
 * translated, 6to4, Teredo, local NAT64) are refused whole, because nothing public is found there any more.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (!address || address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

/** Ranges of ipaddr.js in which a server of the home network may be. */
const HOME_RANGES: readonly string[] = ['private', 'uniqueLocal', 'carrierGradeNat'];

/** Reports whether an address may receive deliveries: public, or of a home network; never this machine itself, or its link. */
export function isDeliverableAddress(text: string): boolean {
  return isPublicAddress(text) || HOME_RANGES.includes(parseAddress(text)?.range() ?? '');
}

/**
 * The one short form of an IP address, so that two can be compared as text. IPv4 inside IPv6 (mapped, NAT64) becomes
 * IPv4. Undefined for what is no IP address.
 */
export function normalizeAddress(text: string): string | undefined {
  return parseAddress(text)?.toString();
}

/** `203.0.113.7`, `203.0.113.0/24`, and the same of IPv6. */
export function isAddressOrBlock(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : parseAddress(text) !== undefined;
}

/** Reports whether the address is in the block, such as `203.0.113.0/24`. IPv4 inside IPv6 is compared as IPv4. */
export function isInBlock(text: string, block: string): boolean {
  const address = parseAddress(text);
  if (!address || !ipaddr.isValidCIDR(block)) return false;
  const [network, bits] = ipaddr.parseCIDR(block);
  return network.kind() === address.kind() && address.match(network, bits);
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // Four decimal parts only: `2130706433` or `127.1` are an IPv4 address for some programs and none for others.
  if (!text.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined;
  const address = parseIPv6(text);
  if (address?.isIPv4MappedAddress()) return address.toIPv4Address();
  return address?.match(NAT64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

/** Through the URL parser, because ipaddr.js takes `::127.0.0.1` for `::ffff:127.0.0.1`, and the system does not. */
function parseIPv6(text: string): ipaddr.IPv6 | undefined {
  const hostname = URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  return hostname !== undefined && ipaddr.IPv6.isValid(hostname) ? ipaddr.IPv6.parse(hostname) : undefined;
}

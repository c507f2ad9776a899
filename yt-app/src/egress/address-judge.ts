import ipaddr from 'ipaddr.js';

/** The only block that IANA gives to the public IPv6 internet (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Networks without IPv4 of their own reach all of it through this prefix (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Is this IP address part of the public internet? Everything else is refused: private, loopback, link-local, carrier
 * NAT, documentation, multicast, and what is no IP address at all.
 *
 * IPv4 inside IPv6 is judged by the IPv4 address where it is in use (mapped, NAT64); the other disguises (compatible,
 * translated, 6to4, Teredo, local NAT64) are refused whole, because nothing public is found there any more.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || isShortIPv4(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().range() === 'unicast';
  if (address.match(NAT64)) return isPublicAddress(address.toByteArray().slice(12).join('.'));
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}

/** `2130706433`, `127.1`, `0x7f.0.0.1`: texts that are an IPv4 address for some programs and another, or none, for others. */
function isShortIPv4(text: string): boolean {
  return !text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text);
}

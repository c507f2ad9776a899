import type { EgressDestination } from '@linkcast/contracts';
import ipaddr from 'ipaddr.js';
import { isPublicAddress } from './address-judge.ts';

/** The ports of web media. Another port is open only if ALLOW_PRIVATE_SOURCES names it. */
const OPEN_PORTS: readonly number[] = [80, 443, 8080, 8443];
/** FTP servers do not listen on the ports of other services for their data connections. */
const FIRST_PASSIVE_PORT = 1024;
/** Names of the local network (RFC 6761, RFC 6762, RFC 8375, and what routers make up). */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;

/** The class of a host before any DNS query. The host was parsed by WHATWG rules, which normalise decimal, octal and hex addresses. */
export type DestinationVerdict =
  /** Listed by the owner: exempt from the check, for exactly this port. */
  | 'allowed'
  /** A public address, or a name whose addresses must still be checked. */
  | 'open'
  /** A private address, a local name, or a port without web media. */
  | 'forbidden';

/**
 * @param hostname of a WHATWG URL; IPv6 with or without brackets.
 * @param allowed `host:port` pairs as ALLOW_PRIVATE_SOURCES has them.
 */
export function judgeDestination(hostname: string, port: number, allowed: readonly string[]): DestinationVerdict {
  const host = canonicalHost(hostname);
  if (allowed.some((entry) => canonicalEntry(entry) === `${host}:${port}`)) return 'allowed';
  if (!OPEN_PORTS.includes(port)) return 'forbidden';
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? 'open' : 'forbidden';
  return host.includes('.') && !LOCAL_NAME.test(host) ? 'open' : 'forbidden';
}

/**
 * Decides about a connection with a ticket for one destination, before any DNS query.
 *
 * @param allowed `host:port` pairs as ALLOW_PRIVATE_SOURCES has them.
 * @returns `open`: the addresses must still be checked, by {@link isDeliverableAddress}.
 */
export function judgeOnly(
  hostname: string,
  port: number,
  { only, allowed }: { readonly only: EgressDestination; readonly allowed: readonly string[] },
): DestinationVerdict {
  const isPort = port === only.port || (only.isPassive && port >= FIRST_PASSIVE_PORT);
  if (canonicalHost(hostname) !== canonicalHost(only.host) || !isPort) return 'forbidden';
  return judgeDestination(hostname, port, allowed) === 'allowed' ? 'allowed' : 'open';
}

/**
 * Reports whether a host can be an address or a DNS name at all: labels of 1 to 63 characters, 253 together (RFC 1035,
 * section 2.3.4). The URL parser accepts more than that.
 */
export function isPossibleHost(hostname: string): boolean {
  const host = canonicalHost(hostname);
  if (ipaddr.isValid(host)) return true;
  return host.length <= 253 && host.split('.').every((label) => label.length >= 1 && label.length <= 63);
}

/** Lower case, without brackets, without the dot at the end, IPv6 in its one short form. */
export function canonicalHost(hostname: string): string {
  const bare = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare).toString() : bare;
}

function canonicalEntry(entry: string): string {
  const colon = entry.lastIndexOf(':');
  return canonicalHost(entry.slice(0, colon)) + entry.slice(colon);
}

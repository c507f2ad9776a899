import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

export type Family = 4 | 6;

/** The addresses of a name or of this line; an undefined one is unknown, and left as it is. */
export interface Addresses {
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

export type AddressField = keyof Addresses;
export const addressFields = ['ipv4', 'ipv6'] as const satisfies AddressField[];

/** Writes an address in its shortest form, so that two of them can be compared as text. */
export function shortestAddress(address: string): string {
  return isIP(address) === 6 ? ipaddr.parse(address).toString() : address;
}

/** The addresses that are known. */
export function presentAddresses({ ipv4, ipv6 }: Addresses): string[] {
  return [ipv4, ipv6].filter((address) => address !== undefined);
}

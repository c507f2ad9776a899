import type { AddressField } from '../address/addresses.ts';

/** The addresses that one name server answers with. */
export interface ServerAnswer {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** The records of a name, as its name servers answer with them. */
export interface ServedRecords {
  /** One answer for each server that answers, at least one. */
  readonly servers: readonly ServerAnswer[];
  /** Target of the CNAME at the name. */
  readonly alias: string | undefined;
  /** `resolvers`: none of the name's own servers can be reached, so the answer may be some minutes old. */
  readonly from: 'own-servers' | 'resolvers';
}

/** True when every server answers with this address and no other one of the family. */
export function isServed(field: AddressField, address: string, served: ServedRecords): boolean {
  return served.servers.every((server) => server[field].length === 1 && server[field][0] === address);
}

/** Every address that any server answers with, sorted. */
export function servedAddresses(field: AddressField, served: ServedRecords): string[] {
  return [...new Set(served.servers.flatMap((server) => server[field]))].toSorted();
}

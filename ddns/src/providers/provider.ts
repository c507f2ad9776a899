import type { Addresses } from '../address/addresses.ts';

/** The report of a write that succeeded. */
export interface WriteReport {
  /** The provider answers queries with its own addresses and forwards visitors: DNS does not show which address is set. */
  readonly isProxied: boolean;
}

/** Sets and removes the TXT records of DNS-01 challenges. */
export interface TextRecords {
  set(name: string, value: string, signal: AbortSignal): Promise<void>;
  remove(name: string, value: string, signal: AbortSignal): Promise<void>;
}

/** A DNS provider that has the records of the name. All members throw `ProviderFault`. */
export interface NameProvider {
  /** Points the name to these addresses. Records that are right already are not written. */
  write(name: string, addresses: Addresses, signal: AbortSignal): Promise<WriteReport>;
  /** Absent: this provider cannot hold TXT records. */
  readonly texts?: TextRecords;
}

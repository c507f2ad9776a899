import { addressFields, type Addresses, type AddressField } from '../address/addresses.ts';
import { isServed, servedAddresses, type ServedRecords } from '../dns/served-records.ts';
import { REFUSAL_WAIT_MS } from './retry-delay.ts';

export interface WrittenRecord {
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** The earlier writes, as far as they affect the next one. */
export interface WriteHistory {
  readonly written: { readonly [field in AddressField]?: WrittenRecord | undefined };
  /** Failed writes in a row. */
  readonly failures: number;
  /** Earliest time of the next write (milliseconds since 1970); 0: any. */
  readonly retryAt: number;
  /** The provider answers queries with its own addresses and forwards visitors. */
  readonly isProxied: boolean;
}

export type UpdateDecision =
  | { readonly kind: 'nothing' }
  /** `addresses`: all addresses of the name, also those that are right already. */
  | { readonly kind: 'write'; readonly addresses: Addresses }
  /** `until`: milliseconds since 1970. */
  | { readonly kind: 'wait'; readonly until: number };

/** A record is not written again for this long: name servers need time, and providers block clients that write often. */
export const COOL_DOWN_MS = 300_000;

/**
 * Decides whether the records of the name are written now, later or not at all.
 *
 * @param found our public addresses; undefined: none, or not certain.
 * @param now milliseconds since 1970.
 */
export function decideUpdate(
  found: Addresses,
  served: ServedRecords,
  history: WriteHistory,
  now: number,
): UpdateDecision {
  const wrong = addressFields.filter((field) => !isRight(field, found, served, history));
  if (wrong.length === 0) return { kind: 'nothing' };
  const coolAt = Math.min(...wrong.map((field) => coolDownEnd(history.written[field])));
  // a clock that was set back must not make the wait endless
  const until = Math.min(Math.max(coolAt, history.retryAt), now + REFUSAL_WAIT_MS * 1.5);
  if (now < until) return { kind: 'wait', until };
  return {
    kind: 'write',
    addresses: { ipv4: addressToWrite('ipv4', found, served), ipv6: addressToWrite('ipv6', found, served) },
  };
}

/** True when our address of the family is unknown, or is the only one that each answering server has. */
export function isRight(field: AddressField, found: Addresses, served: ServedRecords, history: WriteHistory): boolean {
  const address = found[field];
  if (address === undefined) return true;
  if (history.isProxied) return history.written[field]?.address === address;
  return isServed(field, address, served);
}

function coolDownEnd(written: WrittenRecord | undefined): number {
  return written === undefined ? 0 : written.writtenAt + COOL_DOWN_MS;
}

/** A family whose address is unknown is written as it is served: some providers delete what a request omits. */
function addressToWrite(field: AddressField, found: Addresses, served: ServedRecords): string | undefined {
  if (found[field] !== undefined) return found[field];
  const present = servedAddresses(field, served);
  return present.length === 1 ? present[0] : undefined;
}

import { backOffMs } from '@linkcast/kit';
import { addressFields, type Addresses, type AddressField } from '../address/addresses.ts';
import { isServed, servedAddresses, type ServedRecords } from '../dns/served-records.ts';

export interface WrittenRecord {
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** What is remembered of earlier writes. */
export interface WriteMemory {
  readonly written: Readonly<Record<AddressField, WrittenRecord | undefined>>;
  /** Writes in a row that did not lead to the goal. */
  readonly failures: number;
  /** Not before this time (milliseconds since 1970); 0: whenever it is needed. */
  readonly retryAt: number;
  /** The provider passes visitors on from addresses of its own. */
  readonly isProxied: boolean;
}

export type UpdateDecision =
  | { readonly kind: 'nothing' }
  /** `addresses`: everything that the name is to lead to, what is right already included. */
  | { readonly kind: 'write'; readonly addresses: Addresses }
  | { readonly kind: 'wait'; readonly until: number };

/** After a write a record is left alone for so long: name servers need their time, and providers block the impatient. */
export const COOL_DOWN_MS = 300_000;
const RETRIES = { firstMs: 60_000, mostMs: 3_600_000 };
/** Until somebody looks after what the provider refuses for good; tried again all the same, so that it heals by itself. */
export const REFUSAL_PAUSE_MS = 6 * 3_600_000;

/**
 * What is to be done about the name?
 *
 * @param found our public addresses; undefined: none, or not certain.
 * @param now milliseconds since 1970.
 */
export function decideUpdate(
  found: Addresses,
  served: ServedRecords,
  memory: WriteMemory,
  now: number,
): UpdateDecision {
  const wrong = addressFields.filter((field) => !isRight(field, found, served, memory));
  if (wrong.length === 0) return { kind: 'nothing' };
  const coolAt = Math.min(...wrong.map((field) => coolDownEnd(memory.written[field])));
  // a clock that was set back must not make the wait endless
  const until = Math.min(Math.max(coolAt, memory.retryAt), now + REFUSAL_PAUSE_MS * 1.5);
  if (now < until) return { kind: 'wait', until };
  return { kind: 'write', addresses: { ipv4: wanted('ipv4', found, served), ipv6: wanted('ipv6', found, served) } };
}

/** Is a family as it should be: unknown to us, or served as it is by every server that answers? */
export function isRight(field: AddressField, found: Addresses, served: ServedRecords, memory: WriteMemory): boolean {
  const address = found[field];
  if (address === undefined) return true;
  if (memory.isProxied) return memory.written[field]?.address === address;
  return isServed(field, address, served);
}

/**
 * Wait after so many failures: 1 minute, doubled each time, at most an hour.
 *
 * @param random between 0 and 1: a quarter more or less, so that a thousand homes do not come at once.
 */
export function retryDelay(failures: number, random: number): number {
  return Math.round(backOffMs(failures, RETRIES) * (0.75 + random / 2));
}

function coolDownEnd(written: WrittenRecord | undefined): number {
  return written === undefined ? 0 : written.writtenAt + COOL_DOWN_MS;
}

/** A family that we know nothing about is told as it is served: some providers drop what a request leaves out. */
function wanted(field: AddressField, found: Addresses, served: ServedRecords): string | undefined {
  if (found[field] !== undefined) return found[field];
  const present = servedAddresses(field, served);
  return present.length === 1 ? present[0] : undefined;
}

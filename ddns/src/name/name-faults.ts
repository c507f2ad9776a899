import { message, worded, type Worded } from '@linkcast/texts';
import { agreedAddresses, type PublicAddresses } from '../address/address-finder.ts';
import { addressFields, presentAddresses } from '../address/addresses.ts';
import { servedAddresses } from '../dns/served-records.ts';
import type { NameObservation } from './name-observation.ts';
import type { NameState } from './name-store.ts';
import { isRight } from './update-decision.ts';

export interface NameFaultFacts {
  readonly name: string;
  /** Undefined: nothing was observed yet. */
  readonly observation: NameObservation | undefined;
  readonly saved: NameState;
  /** False: the name is only watched. */
  readonly hasProvider: boolean;
}

/** The faults of our address and of the name's records; undefined: none. */
export interface NameFaults {
  readonly address: Worded | undefined;
  readonly record: Worded | undefined;
}

export function findNameFaults({ observation, ...facts }: NameFaultFacts): NameFaults {
  if (!observation) return { address: undefined, record: worded(message('name-unchecked')) };
  const record = recordFault(observation, facts);
  const { failures, lastError } = facts.saved;
  // the reason of the last failed write is more helpful than the records that are wrong
  const reason = record !== undefined && failures > 0 && lastError ? lastError : undefined;
  return { address: addressFault(observation.found), record: reason ?? record };
}

/** The reason why our address is unknown; undefined: it is known. One family is enough. */
function addressFault({ ipv4, ipv6 }: PublicAddresses): Worded | undefined {
  if (ipv4.kind === 'refused') return ipv4;
  if (ipv4.kind === 'agreed' || ipv6.kind === 'agreed') return undefined;
  return ipv6.kind === 'refused' ? ipv6 : worded(message('address-offline'));
}

/** The fault of the records; undefined: the name points to our addresses, as far as they are known. */
function recordFault(
  { found: findings, served }: NameObservation,
  { name, saved, hasProvider }: Omit<NameFaultFacts, 'observation'>,
): Worded | undefined {
  if (!served) return worded(message('name-servers-silent', { name }));
  if (hasProvider && served.alias !== undefined) return worded(message('name-alias', { name, target: served.alias }));
  const found = agreedAddresses(findings);
  if (addressFields.every((field) => isRight(field, found, served, saved))) return undefined;
  const present = addressFields.flatMap((field) => (found[field] === undefined ? [] : servedAddresses(field, served)));
  const facts = { name, served: present, wanted: presentAddresses(found) };
  return worded(message(hasProvider ? 'name-update-pending' : 'name-elsewhere', facts));
}

import type { Worded } from '@linkcast/texts';
import type { NameStatus } from '@linkcast/contracts';
import { agreedAddresses } from '../address/address-finder.ts';
import { addressFields } from '../address/addresses.ts';
import { servedAddresses } from '../dns/served-records.ts';
import type { NameObservation } from './name-observation.ts';
import type { NameState } from './name-store.ts';

export interface NameFacts {
  readonly name: string;
  /** Null: the name is only watched. */
  readonly providerId: string | null;
  readonly canAnswerChallenges: boolean;
  /** Undefined: nothing was observed yet. */
  readonly observation: NameObservation | undefined;
  readonly saved: NameState;
  /** Undefined: the name points here. */
  readonly fault: Worded | undefined;
  /** The last check or write failed. */
  readonly hasFailed: boolean;
  /** Milliseconds since 1970. */
  readonly nextCheckAt: number | undefined;
}

/** The status of the name, for the other parts. */
export function nameStatus(facts: NameFacts): NameStatus {
  const { observation, saved } = facts;
  return {
    name: facts.name,
    provider: facts.providerId,
    state: stateOf(facts),
    addresses: addressesOf(facts),
    routerAddress: observation?.routerAddress ?? null,
    reach: { ...saved.reach, checkedAt: asDate(saved.reach.checkedAt) },
    checkedAt: asDate(observation?.at),
    nextCheckAt: asDate(facts.nextCheckAt),
    lastError: saved.lastError && { ...saved.lastError, at: new Date(saved.lastError.at).toISOString() },
    canAnswerChallenges: facts.canAnswerChallenges,
  };
}

function stateOf({ observation, fault, hasFailed }: NameFacts): NameStatus['state'] {
  if (!observation) return 'unknown';
  if (fault === undefined) return 'right';
  return hasFailed ? 'failing' : 'wrong';
}

function addressesOf({ observation, saved }: NameFacts): NameStatus['addresses'] {
  const found = observation && agreedAddresses(observation.found);
  return addressFields.map((field) => ({
    family: field === 'ipv4' ? 4 : 6,
    public: found?.[field] ?? null,
    served: observation?.served ? servedAddresses(field, observation.served) : [],
    writtenAt: asDate(saved.written[field]?.writtenAt),
  }));
}

/** @param time milliseconds since 1970. */
function asDate(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString();
}

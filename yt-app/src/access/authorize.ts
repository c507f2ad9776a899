import { Problem, rightsOf, rightsOfService, type Endpoint, type Right } from '@linkcast/contracts';
import type { Identity } from './identity.ts';

/** The demands of an endpoint on its caller. */
export type Demand = Admission<Endpoint>;
type Admission<E extends Endpoint> = E extends Endpoint
  ? Pick<E, 'right' | 'services' | 'forGuests' | 'forPeople' | 'inPerson' | 'bySession'>
  : never;

/**
 * The rights of a caller in the public API; a guest has them for the shared item alone. A personal key has those of its scopes that
 * its person has, too.
 */
export function rightsOfCaller(identity: Identity): readonly Right[] {
  if (identity.role === 'service') return rightsOfService[identity.service];
  const rights: readonly Right[] = rightsOf[identity.role];
  const scopes = scopesOf(identity);
  return scopes ? rights.filter((right) => scopes.includes(right)) : rights;
}

/**
 * Admits a caller, or throws. For a guest, items that were not shared do not exist.
 *
 * @param id the `:id` of the path, or empty.
 * @throws {Problem} `unauthorized` when signing in may help, `forbidden` or `not-found` otherwise.
 */
export function authorize(demand: Demand, identity: Identity, id: string): void {
  if (identity.role === 'guest') authorizeGuest(demand, identity.share.mediaId, id);
  else if (!isAllowed(demand, identity)) throw new Problem(isUnknown(identity) ? 'unauthorized' : 'forbidden');
}

function authorizeGuest(demand: Demand, sharedId: string | null, id: string): void {
  if (demand.right === 'none') return;
  if (!('forGuests' in demand) || !demand.forGuests) throw new Problem('forbidden');
  if (sharedId !== id) throw new Problem('not-found');
}

function isAllowed(demand: Demand, identity: Identity): boolean {
  if (identity.role === 'service') return demand.services?.includes(identity.service) ?? false;
  if (demand.right === 'service' || !isPresent(demand, identity)) return false;
  return demand.right === 'none' || rightsOfCaller(identity).includes(demand.right);
}

/** A person where one is demanded, without a key or in a signed-in browser where that is demanded. */
function isPresent(demand: Pick<Endpoint, 'forPeople' | 'inPerson' | 'bySession'>, identity: Identity): boolean {
  if (demand.forPeople && !('person' in identity)) return false;
  if (demand.inPerson && scopesOf(identity)) return false;
  return !demand.bySession || ('session' in identity && identity.session !== null);
}

function scopesOf(identity: Identity): readonly Right[] | undefined {
  return 'scopes' in identity ? identity.scopes : undefined;
}

function isUnknown({ role }: Identity): boolean {
  return role === 'visitor' || role === 'nobody';
}

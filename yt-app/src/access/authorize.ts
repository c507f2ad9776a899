import { Problem, rightsOf, rightsOfService, type Endpoint, type Right } from '@linkcast/contracts';
import type { Identity } from './identity.ts';

/** What the caller must be allowed to do: as an endpoint of the table says, or `key`: the owner's API token alone. */
export type Demand = Admission<Endpoint> | { readonly right: 'key' };
type Admission<E extends Endpoint> = E extends Endpoint ? Pick<E, 'right' | 'services' | 'forGuests'> : never;

/** The rights of a caller in the public API; a guest's hold for what was shared alone. */
export function rightsOfCaller(identity: Identity): readonly Right[] {
  return identity.role === 'service' ? rightsOfService[identity.service] : rightsOf[identity.role];
}

/**
 * Lets a caller pass, or throws. To a guest, items that were not shared are missing.
 *
 * @param id the `:id` of the path, or empty.
 * @throws {Problem} `unauthorized` for those whom signing in would help, `forbidden` and `not-found` for the others.
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
  switch (demand.right) {
    case 'key':
      return identity.role === 'key';
    case 'service':
      return identity.role === 'service' && demand.services.includes(identity.service);
    case 'none': // a part acts for itself, unless it has the rights of people
      return identity.role !== 'service' || rightsOfCaller(identity).length > 0;
    default:
      return rightsOfCaller(identity).includes(demand.right);
  }
}

function isUnknown({ role }: Identity): boolean {
  return role === 'visitor' || role === 'nobody';
}

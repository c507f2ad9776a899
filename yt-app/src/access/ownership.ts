import { isPermitted, ownershipOf, Problem, type OwnedAction } from '@linkcast/contracts';
import { personOf, type Identity } from './identity.ts';

/**
 * Admits a caller to an action on something that belongs to a person.
 *
 * @param personId of the thing's person; null: nobody's.
 * @throws {Problem} forbidden.
 */
export function requirePermission(action: OwnedAction, identity: Identity, personId: string | null): void {
  const person = personOf(identity);
  if (!person || !isPermitted(action, ownershipOf(personId, person.id), person.role)) throw new Problem('forbidden');
}

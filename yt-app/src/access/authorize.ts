import { Problem, rightsOf, type Endpoint } from '@linkcast/contracts';
import type { Identity } from './identity.ts';

/** What must be allowed to go on: a right of the endpoint table. */
export type Demand = Pick<Endpoint, 'right' | 'forGuests'>;

/**
 * Lets a caller pass, or throws. A guest finds other items as missing as those that are not there.
 *
 * @param id the `:id` of the path, or empty.
 * @throws {Problem} `unauthorized` for those whom signing in would help, `forbidden` and `not-found` for the others.
 */
export function authorize({ right, forGuests }: Demand, identity: Identity, id: string): void {
  if (right === 'none' || identity.role === 'key') return;
  if (identity.role === 'guest') {
    if (!forGuests) throw new Problem('forbidden');
    if (identity.share.mediaId !== id) throw new Problem('not-found');
    return;
  }
  const rights: readonly Endpoint['right'][] = rightsOf[identity.role];
  if (rights.includes(right)) return;
  throw new Problem('session' in identity ? 'forbidden' : 'unauthorized');
}

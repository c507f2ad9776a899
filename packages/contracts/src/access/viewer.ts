import type { Visibility } from '../library/visibility.ts';
import type { MemberRole } from './access.ts';
import { isPermitted, ownershipOf } from './permissions.ts';

/**
 * The one for whom jobs and items are read. `everything`: a part, or a guest, whose share has been checked. A role of null:
 * somebody who is no person.
 */
export type Viewer = 'everything' | { readonly personId: string | null; readonly role: MemberRole | null };

/** A job or an item, as far as it matters for its visibility. */
export interface Visible {
  readonly visibility: Visibility;
  /** Null: nobody's. */
  readonly personId: string | null;
}

/** Reports whether an item in the trash exists for a viewer: it counts as private, and nobody has it by a share. */
export function canRestore({ personId }: Pick<Visible, 'personId'>, viewer: Viewer): boolean {
  return viewer !== 'everything' && canSee({ visibility: 'mine', personId }, viewer);
}

/** Reports whether a job or an item exists for a viewer. */
export function canSee({ visibility, personId }: Visible, viewer: Viewer): boolean {
  if (viewer === 'everything' || visibility === 'everyone') return true;
  return viewer.role !== null && isPermitted('see-private', ownershipOf(personId, viewer.personId), viewer.role);
}

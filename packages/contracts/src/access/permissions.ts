import type { MemberRole } from './access.ts';

/** Actions on what belongs to a person: a job, a collection and a followed list to the requester, an item to who sent it, a share to its maker. */
export const ownedActions = [
  'cancel-job',
  'retry-job',
  'rename-item',
  'delete-item',
  'keep-item',
  'fetch-item',
  'restore-item',
  'change-visibility',
  'see-private',
  'share-item',
  'revoke-share',
  'change-collection',
  'delete-collection',
  'change-following',
] as const;
export type OwnedAction = (typeof ownedActions)[number];

/** The owner of the thing, seen from the person who acts. `nobody`: it was made before there were people. */
export const ownerships = ['own', 'other', 'nobody'] as const;
export type Ownership = (typeof ownerships)[number];

type Roles = readonly MemberRole[];
const ALL: Roles = ['owner', 'member'];
const OWNERS: Roles = ['owner'];

/** The roles that may act, by the ownership of the thing. Members change what is theirs; owners everything. */
export const permissions = {
  'cancel-job': { own: ALL, other: OWNERS, nobody: OWNERS },
  'retry-job': { own: ALL, other: OWNERS, nobody: OWNERS },
  'rename-item': { own: ALL, other: OWNERS, nobody: OWNERS },
  'delete-item': { own: ALL, other: OWNERS, nobody: OWNERS },
  'keep-item': { own: ALL, other: OWNERS, nobody: OWNERS }, // no retention rule takes it then
  'fetch-item': { own: ALL, other: OWNERS, nobody: OWNERS }, // adds to its files
  'restore-item': { own: ALL, other: OWNERS, nobody: OWNERS },
  'change-visibility': { own: ALL, other: OWNERS, nobody: OWNERS },
  'see-private': { own: ALL, other: OWNERS, nobody: OWNERS }, // a job, an item or a collection whose visibility is `mine`
  'share-item': { own: ALL, other: OWNERS, nobody: OWNERS },
  'revoke-share': { own: ALL, other: OWNERS, nobody: ALL }, // of earlier versions; the end of a share takes nothing from anybody
  'change-collection': { own: ALL, other: OWNERS, nobody: OWNERS },
  'delete-collection': { own: ALL, other: OWNERS, nobody: OWNERS }, // not its items: each needs `delete-item`
  'change-following': { own: ALL, other: OWNERS, nobody: OWNERS },
} as const satisfies Record<OwnedAction, Record<Ownership, Roles>>;

/** The ownership of a thing, seen by a person. @param personId of the thing's person; null: nobody's. */
export function ownershipOf(personId: string | null, viewerId: string | null): Ownership {
  if (personId === null) return 'nobody';
  return personId === viewerId ? 'own' : 'other';
}

/** Reports whether a role may act on a thing of this ownership. */
export function isPermitted(action: OwnedAction, ownership: Ownership, role: MemberRole): boolean {
  const roles: Roles = permissions[action][ownership];
  return roles.includes(role);
}

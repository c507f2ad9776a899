import type { NewShare } from '@linkcast/contracts';
import type { RequestTable } from './request-table.ts';

/** Assignments for a request without a share. */
export const NO_SHARE = `share_state = 'unshared', share_id = NULL, share_expires_at = NULL, share_links = NULL,
  share_actor_id = NULL`;

/** The shares that people made with the Share button, in the columns of their requests. */
export function createRequestShares({ select, update }: RequestTable) {
  return {
    /** The requests whose share has to be made or revoked. */
    pending: () => select("share_state IN ('wanted', 'revoking')"),
    /** Stores a share; the message has to be updated. */
    set: (id: number, { id: shareId, expiresAt, links }: NewShare) =>
      update(
        id,
        `share_state = 'shared', share_id = ?, share_expires_at = ?, share_links = ?, share_actor_id = NULL, is_told = 0`,
        shareId,
        expiresAt,
        JSON.stringify(links),
      ),
    /** Removes a share that was revoked or cannot be made. */
    remove: (id: number) => update(id, `${NO_SHARE}, is_told = 0`),
    /** Keeps a share whose revocation was refused. */
    keep: (id: number) => update(id, "share_state = 'shared', share_actor_id = NULL, is_told = 0"),
    /** Lets the message show that making or revoking the share takes longer. */
    showPending: (id: number) => update(id, 'is_told = 0'),
    /** @param actorId the person who pressed the button */
    ask: (id: number, actorId: number) => update(id, "share_state = 'wanted', share_actor_id = ?", actorId),
    askRevoke: (id: number, actorId: number) => update(id, "share_state = 'revoking', share_actor_id = ?", actorId),
  };
}

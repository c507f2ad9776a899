import type { NewShare } from '@linkcast/contracts';
import type { RequestTable } from './request-table.ts';

/** Milliseconds after the end of a request for which making a share is attempted. */
const SHARING_MS = 3_600_000;
const NO_SHARE = 'share_id = NULL, share_expires_at = NULL, share_playable_at = NULL, share_links = NULL';

/** Assignments that make a request wait for a new share. */
export const WANTS_NEW_SHARE = `share_state = 'wanted', ${NO_SHARE}`;

/** The shares behind the links of the status messages, in the columns of their requests. */
export function createRequestShares({ select, update }: RequestTable, now: () => number) {
  return {
    /** The requests whose share has to be made or revoked. A share is wanted until an hour after the end. */
    pending: () =>
      select(
        `share_state IN ('wanted', 'revoking')
         AND (share_state = 'revoking' OR state = 'watching' OR (state = 'ended' AND changed_at > ?))`,
        now() - SHARING_MS,
      ),
    /** Stores a share; the message has to be updated. @param playableAt of the job that was shared */
    set: (id: number, { id: shareId, expiresAt, links }: NewShare, playableAt: string | null) =>
      update(
        id,
        `share_state = 'shared', share_id = ?, share_expires_at = ?, share_playable_at = ?, share_links = ?,
         is_told = 0`,
        shareId,
        expiresAt,
        playableAt,
        JSON.stringify(links),
      ),
    /** Removes a share that was deleted with its item, so that another one is made. */
    lose: (id: number) => update(id, WANTS_NEW_SHARE),
    /** Removes a share that was revoked or cannot be made. */
    remove: (id: number) => update(id, `share_state = 'unshared', is_told = 0, ${NO_SHARE}`),
    ask: (id: number) => update(id, "share_state = 'wanted', is_told = 0"),
    askRevoke: (id: number) => update(id, "share_state = 'revoking', share_links = NULL, is_told = 0"),
  };
}

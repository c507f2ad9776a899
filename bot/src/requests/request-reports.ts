import type { Database } from '@linkcast/kit';
import type { MediaRequest } from './media-request.ts';

/** Stores what the chats show of the requests. */
export function createRequestReports(database: Database, now: () => number) {
  return {
    /** Records that the request is reported, unless it has changed since it was read. */
    markReported: ({ id, state, share }: MediaRequest): void =>
      void database
        .prepare(
          `UPDATE requests SET is_told = 1, share_links = NULL
           WHERE id = ? AND state = ? AND share_state = ? AND share_id IS ?`,
        )
        .run(id, state, share.state, share.id),
    /** Records that the end of a request is shown. @returns false when it was shown before: in another message, or without its share */
    noteDelivery: (id: number): boolean =>
      database
        .prepare("UPDATE requests SET delivered_at = ? WHERE id = ? AND state = 'ended' AND delivered_at IS NULL")
        .run(now(), id).changes > 0,
  };
}

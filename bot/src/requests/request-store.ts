import type { MediaType, NewShare } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import { RequestRow, type Ending, type MediaRequest } from './media-request.ts';

export interface NewRequest {
  readonly key: string;
  readonly chatId: number;
  readonly userId: number;
  readonly url: string;
  readonly type: MediaType;
  readonly replyTo?: number;
  /** A message of the bot that becomes the status message. */
  readonly statusMessageId?: number;
}

/** Milliseconds after the end for which making a share is attempted. */
const SHARING_MS = 3_600_000;
const NO_SHARE = 'share_id = NULL, share_expires_at = NULL, share_playable_at = NULL, share_links = NULL';

/** The members' requests, in the database: every end is reported, also after a restart. */
export function createRequestStore(database: Database, now: () => number = Date.now) {
  const select = (where: string, ...values: unknown[]): MediaRequest[] =>
    database
      .prepare(`SELECT *, is_told AS is_reported FROM requests WHERE ${where} ORDER BY id`)
      .all(...values)
      .map((row) => RequestRow.parse(row));
  const update = (id: number, assignments: string, ...values: unknown[]): void =>
    void database.prepare(`UPDATE requests SET ${assignments}, changed_at = ? WHERE id = ?`).run(...values, now(), id);

  return {
    /** Adds a request. A request with the same key stays as it is. */
    add({ key, chatId, userId, url, type, replyTo, statusMessageId }: NewRequest): void {
      database
        .prepare(
          `INSERT INTO requests (key, chat_id, user_id, url, type, reply_to, status_message_id, state, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'new', ?) ON CONFLICT (key) DO NOTHING`,
        )
        .run(key, chatId, userId, url, type, replyTo ?? null, statusMessageId ?? null, now());
    },

    get: (id: number): MediaRequest | undefined => select('id = ?', id)[0],
    /** The requests that need a call to yt-app. */
    open: () => select("state IN ('new', 'retry') OR (state = 'watching' AND is_cancel_asked = 1)"),
    watching: () => select("state = 'watching'"),
    watchingJob: (jobId: string) => select("state = 'watching' AND job_id = ?", jobId),
    unreported: (chatId: number) => select('chat_id = ? AND is_told = 0', chatId),
    unreportedChats: (): number[] =>
      z
        .array(z.number())
        .parse(database.prepare('SELECT DISTINCT chat_id FROM requests WHERE is_told = 0').pluck().all()),

    watch: (id: number, jobId: string) => update(id, "state = 'watching', job_id = ?", jobId),
    /** Makes the request new again, with another key: yt-app has no such job any more. */
    startOver: (id: number) => update(id, "state = 'new', job_id = NULL, attempt = attempt + 1"),
    end: (id: number, ending: Ending) =>
      update(id, "state = 'ended', is_cancel_asked = 0, ending = ?", JSON.stringify(ending)),
    askCancel: (id: number) => update(id, 'is_cancel_asked = 1'),
    dropCancel: (id: number) => update(id, 'is_cancel_asked = 0'),
    askRetry(request: MediaRequest): void {
      const finished = request.ending?.kind === 'job' ? request.ending.job.finishedAt : null;
      const state = request.jobId === null ? 'new' : 'retry';
      // the shared item may have been deleted with the failed attempt
      const share = `share_state = 'wanted', ${NO_SHARE}`;
      update(request.id, `state = ?, ending = NULL, is_told = 0, seen_finish = ?, ${share}`, state, finished);
    },

    /** The requests whose share has to be made or revoked. A share is wanted until an hour after the end. */
    sharing: () =>
      select(
        `share_state IN ('wanted', 'revoking')
         AND (share_state = 'revoking' OR state = 'watching' OR (state = 'ended' AND changed_at > ?))`,
        now() - SHARING_MS,
      ),
    /** Stores a share; the message has to be updated. @param playableAt of the job that was shared */
    setShared: (id: number, { id: shareId, expiresAt, links }: NewShare, playableAt: string | null) =>
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
    loseShare: (id: number) => update(id, `share_state = 'wanted', ${NO_SHARE}`),
    setUnshared: (id: number) => update(id, `share_state = 'unshared', is_told = 0, ${NO_SHARE}`),
    askShare: (id: number) => update(id, "share_state = 'wanted', is_told = 0"),
    askRevoke: (id: number) => update(id, "share_state = 'revoking', share_links = NULL, is_told = 0"),

    setStatusMessage: (id: number, messageId: number) => update(id, 'status_message_id = ?', messageId),
    loseStatusMessage: (id: number) => update(id, 'status_message_id = NULL, is_status_lost = 1'),
    /** Records that the request is reported, unless it has changed since it was read. */
    markReported: ({ id, state, share }: MediaRequest): void =>
      void database
        .prepare(
          `UPDATE requests SET is_told = 1, share_links = NULL
           WHERE id = ? AND state = ? AND share_state = ? AND share_id IS ?`,
        )
        .run(id, state, share.state, share.id),
  };
}

export type RequestStore = ReturnType<typeof createRequestStore>;

import type { MediaType } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import type { Ending, MediaRequest } from './media-request.ts';
import { createRequestShares, NO_SHARE } from './request-shares.ts';
import { createRequestTable } from './request-table.ts';

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

/** The members' requests, in the database: every end is reported, also after a restart. */
export function createRequestStore(database: Database, now: () => number = Date.now) {
  const table = createRequestTable(database, now);
  const { select, update } = table;

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

    watch: (id: number, jobId: string) =>
      update(id, "state = 'watching', job_id = ?, ending = NULL, actor_id = NULL", jobId),
    /** Makes the request new again, with another key: yt-app has no such job any more. */
    startOver: (id: number) => update(id, "state = 'new', job_id = NULL, attempt = attempt + 1"),
    end: (id: number, ending: Ending) =>
      update(id, "state = 'ended', is_cancel_asked = 0, actor_id = NULL, ending = ?", JSON.stringify(ending)),
    /** @param actorId the person who pressed the button */
    askCancel: (id: number, actorId: number) => update(id, 'is_cancel_asked = 1, actor_id = ?', actorId),
    dropCancel: (id: number) => update(id, 'is_cancel_asked = 0, actor_id = NULL'),
    /** The ending is kept until the job runs again. @param actorId the person who pressed the button */
    askRetry(request: MediaRequest, actorId: number): void {
      const finished = request.ending?.kind === 'job' ? request.ending.job.finishedAt : null;
      const state = request.jobId === null ? 'new' : 'retry';
      const assignments = `state = ?, actor_id = ?, is_cancel_asked = 0, is_told = 0, seen_finish = ?, ${NO_SHARE}`;
      update(request.id, assignments, state, actorId, finished); // an item of a failed attempt was deleted, and its share
    },
    /** Returns to the ending: the retry was refused. */
    dropRetry: (id: number) => update(id, "state = 'ended', is_cancel_asked = 0, actor_id = NULL, is_told = 0"),

    shares: createRequestShares(table),

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

import type { Job, MediaType } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';
import type { Ending } from './ending.ts';
import type { MediaRequest } from './media-request.ts';
import { createRequestQuestions } from './request-questions.ts';
import { createRequestReads } from './request-reads.ts';
import { createRequestReports } from './request-reports.ts';
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
    /** Adds a request. A request with the same key stays as it is. @returns false when there is one */
    add({ key, chatId, userId, url, type, replyTo, statusMessageId }: NewRequest): boolean {
      const { changes } = database
        .prepare(
          `INSERT INTO requests (key, chat_id, user_id, url, type, reply_to, status_message_id, state, playlist, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'new', 'ask', ?) ON CONFLICT (key) DO NOTHING`,
        )
        .run(key, chatId, userId, url, type, replyTo ?? null, statusMessageId ?? null, now());
      return changes > 0;
    },

    get: (id: number): MediaRequest | undefined => select('id = ?', id)[0],
    /** The requests that need a call to yt-app, or end without one. Those with an open question do not. */
    open: () =>
      select("(state IN ('new', 'retry') AND question IS NULL) OR (state <> 'ended' AND is_cancel_asked = 1)"),
    watchingJob: (jobId: string) => select("state = 'watching' AND job_id = ?", jobId),
    /**
     * True when the person has asked for this job in a chat, or is about to: a message there shows its end. A request that has ended shows
     * that end only, not the one of a later retry on the site.
     */
    isAsked: (userId: number, { id, url, finishedAt }: Pick<Job, 'id' | 'url' | 'finishedAt'>): boolean =>
      select(
        `user_id = ? AND ((state = 'new' AND question IS NULL AND url = ?)
         OR (job_id = ? AND (state <> 'ended' OR json_extract(ending, '$.job.finishedAt') = ?)))`,
        ...[userId, url, id, finishedAt],
      ).length > 0,
    unreported: (chatId: number) => select('chat_id = ? AND is_told = 0', chatId),
    unreportedChats: (): number[] =>
      z
        .array(z.number())
        .parse(database.prepare('SELECT DISTINCT chat_id FROM requests WHERE is_told = 0').pluck().all()),

    /** Stores the job that the request waits for, which has to be read. */
    watch: (id: number, jobId: string) =>
      update(id, "state = 'watching', job_id = ?, due_reads = 1, ending = NULL, actor_id = NULL", jobId),
    /** Makes the request new again, with another key: yt-app has no such job any more. */
    startOver: (id: number) => update(id, "state = 'new', job_id = NULL, attempt = attempt + 1"),
    end: (id: number, ending: Ending) =>
      update(
        id,
        "state = 'ended', is_cancel_asked = 0, actor_id = NULL, question = NULL, ending = ?",
        JSON.stringify(ending),
      ),
    /** @param actorId the person who pressed the button */
    askCancel: (id: number, actorId: number) => update(id, 'is_cancel_asked = 1, actor_id = ?', actorId),
    dropCancel: (id: number) => update(id, 'is_cancel_asked = 0, actor_id = NULL'),
    /** The ending is kept until the job runs again. @param actorId the person who pressed the button */
    askRetry(request: MediaRequest, actorId: number): void {
      const finished = request.ending?.kind === 'job' ? request.ending.job.finishedAt : null;
      const state = request.jobId === null ? "state = 'new', playlist = 'ask'" : "state = 'retry'";
      const assignments = `${state}, actor_id = ?, is_cancel_asked = 0, is_told = 0, delivered_at = NULL, seen_finish = ?, ${NO_SHARE}`;
      update(request.id, assignments, actorId, finished); // an item of a failed attempt was deleted, and its share
    },
    /** Returns to the ending, or to the job that has none: the retry was refused. */
    dropRetry(id: number): void {
      const state = "state = CASE WHEN ending IS NULL THEN 'watching' ELSE 'ended' END";
      update(id, `${state}, is_cancel_asked = 0, actor_id = NULL, is_told = 0`);
    },

    questions: createRequestQuestions(table, now),
    reads: createRequestReads(database, table),
    shares: createRequestShares(table),
    ...createRequestReports(database, now),

    setStatusMessage: (id: number, messageId: number) =>
      update(id, 'status_message_id = ?, is_status_lost = 0', messageId),
    loseStatusMessage: (id: number) => update(id, 'status_message_id = NULL, is_status_lost = 1'),
  };
}

export type RequestStore = ReturnType<typeof createRequestStore>;

import { Job, MediaType, ProblemDocument } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** How a request ended, as the requester is told. */
export const Ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job'), job: Job }),
  /** yt-app did not take it. */
  z.object({ kind: z.literal('refused'), problem: ProblemDocument }),
  z.object({ kind: z.literal('cancelled') }),
  /** yt-app does not know the job any more. */
  z.object({ kind: z.literal('lost') }),
  z.object({ kind: z.literal('gave-up') }),
]);
export type Ending = z.infer<typeof Ending>;

/**
 * What a member asked for: `new` (to be submitted) → `watching` (a job of yt-app) → `ended`, and from there `retry`.
 * `isTold`: nothing more is to be said about it.
 */
export interface MediaRequest {
  readonly id: number;
  /** The Idempotency-Key of its job. */
  readonly key: string;
  readonly chatId: number;
  readonly userId: number;
  readonly replyTo: number | null;
  readonly url: string;
  readonly type: MediaType;
  readonly state: 'new' | 'retry' | 'watching' | 'ended';
  readonly jobId: string | null;
  readonly isCancelAsked: boolean;
  readonly statusMessageId: number | null;
  /** The status message was deleted by somebody: only the end is told, in a new message. */
  readonly isStatusLost: boolean;
  readonly ending: Ending | null;
  readonly isTold: boolean;
  /** `finishedAt` of the end that was answered with Retry: the same end, seen again, is old news. */
  readonly seenFinish: string | null;
  readonly changedAt: number;
}

export interface NewRequest {
  readonly key: string;
  readonly chatId: number;
  readonly userId: number;
  readonly url: string;
  readonly type: MediaType;
  readonly replyTo?: number;
  /** A message of ours that becomes the status message. */
  readonly statusMessageId?: number;
}

const flag = z.number().transform((value) => value === 1);

const Row = z
  .object({
    id: z.number(),
    key: z.string(),
    chat_id: z.number(),
    user_id: z.number(),
    reply_to: z.number().nullable(),
    url: z.string(),
    type: MediaType,
    state: z.enum(['new', 'retry', 'watching', 'ended']),
    attempt: z.number(),
    job_id: z.string().nullable(),
    is_cancel_asked: flag,
    status_message_id: z.number().nullable(),
    is_status_lost: flag,
    ending: z.string().nullable(),
    is_told: flag,
    seen_finish: z.string().nullable(),
    changed_at: z.number(),
  })
  .transform((row): MediaRequest => ({
    id: row.id,
    key: row.attempt === 0 ? row.key : `${row.key}-r${row.attempt}`,
    chatId: row.chat_id,
    userId: row.user_id,
    replyTo: row.reply_to,
    url: row.url,
    type: row.type,
    state: row.state,
    jobId: row.job_id,
    isCancelAsked: row.is_cancel_asked,
    statusMessageId: row.status_message_id,
    isStatusLost: row.is_status_lost,
    ending: parseEnding(row.ending),
    isTold: row.is_told,
    seenFinish: row.seen_finish,
    changedAt: row.changed_at,
  }));

/** The ending as it was stored; one that an older version wrote differently counts as lost. */
function parseEnding(text: string | null): Ending | null {
  if (text === null) return null;
  const parsed = Ending.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : { kind: 'lost' };
}

/** The members' requests, on disk: whoever asked is told the end, whatever happens in between. */
export function createRequestStore(database: Database, now: () => number = Date.now) {
  const select = (where: string, ...values: unknown[]): MediaRequest[] =>
    database
      .prepare(`SELECT * FROM requests WHERE ${where} ORDER BY id`)
      .all(...values)
      .map((row) => Row.parse(row));
  const update = (id: number, assignments: string, ...values: unknown[]): void =>
    void database.prepare(`UPDATE requests SET ${assignments}, changed_at = ? WHERE id = ?`).run(...values, now(), id);

  return {
    /** Writes a request down; one with a known key is left as it is. */
    add({ key, chatId, userId, url, type, replyTo, statusMessageId }: NewRequest): void {
      database
        .prepare(
          `INSERT INTO requests (key, chat_id, user_id, url, type, reply_to, status_message_id, state, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'new', ?) ON CONFLICT (key) DO NOTHING`,
        )
        .run(key, chatId, userId, url, type, replyTo ?? null, statusMessageId ?? null, now());
    },

    get: (id: number): MediaRequest | undefined => select('id = ?', id)[0],
    /** Those that something has to be asked of yt-app for. */
    open: () => select("state IN ('new', 'retry') OR (state = 'watching' AND is_cancel_asked = 1)"),
    watching: () => select("state = 'watching'"),
    watchingJob: (jobId: string) => select("state = 'watching' AND job_id = ?", jobId),
    untold: (chatId: number) => select('chat_id = ? AND is_told = 0', chatId),
    untoldChats: (): number[] =>
      z
        .array(z.number())
        .parse(database.prepare('SELECT DISTINCT chat_id FROM requests WHERE is_told = 0').pluck().all()),

    watch: (id: number, jobId: string) => update(id, "state = 'watching', job_id = ?", jobId),
    /** Submits it anew, as another job: yt-app has forgotten the first. */
    startOver: (id: number) => update(id, "state = 'new', job_id = NULL, attempt = attempt + 1"),
    end: (id: number, ending: Ending) =>
      update(id, "state = 'ended', is_cancel_asked = 0, ending = ?", JSON.stringify(ending)),
    askCancel: (id: number) => update(id, 'is_cancel_asked = 1'),
    dropCancel: (id: number) => update(id, 'is_cancel_asked = 0'),
    askRetry(request: MediaRequest): void {
      const finished = request.ending?.kind === 'job' ? request.ending.job.finishedAt : null;
      const state = request.jobId === null ? 'new' : 'retry';
      update(request.id, 'state = ?, ending = NULL, is_told = 0, seen_finish = ?', state, finished);
    },
    setStatusMessage: (id: number, messageId: number) => update(id, 'status_message_id = ?', messageId),
    loseStatusMessage: (id: number) => update(id, 'status_message_id = NULL, is_status_lost = 1'),
    /** Nothing more is to be said, unless it has moved on since it was read. */
    markTold: ({ id, state }: MediaRequest): void =>
      void database.prepare('UPDATE requests SET is_told = 1 WHERE id = ? AND state = ?').run(id, state),
  };
}

export type RequestStore = ReturnType<typeof createRequestStore>;

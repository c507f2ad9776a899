import { MediaType, NewShare, PlaylistChoice } from '@linkcast/contracts';
import { z } from 'zod';
import { parseEnding, type Ending } from './ending.ts';
import { ListQuestion } from './list-question.ts';

/**
 * The share that the Share button makes: `unshared` (from the start) → `wanted` → `shared` → `revoking` (by Stop sharing) →
 * `unshared`.
 */
export interface RequestShare {
  readonly state: 'unshared' | 'wanted' | 'shared' | 'revoking';
  readonly id: string | null;
  readonly expiresAt: string | null;
  /** Deleted when the last message with them has been delivered. */
  readonly links: NewShare['links'] | null;
  /** The person who pressed the button, and for whom the call is made; null: nobody has. */
  readonly actorId: number | null;
}

/**
 * A member's request: `new` (to be submitted) → `watching` (a job of yt-app) → `ended`, and from there `retry`.
 * `isReported`: the status message shows the current state for good.
 */
export interface MediaRequest {
  /** The number of the row. */
  readonly id: number;
  /** The Idempotency-Key of its job, and the `X-Request-Id` of all calls for it. */
  readonly key: string;
  readonly chatId: number;
  /** The requester. */
  readonly userId: number;
  /** The person for whom the next call is made: whoever pressed the button, or the requester. */
  readonly actorId: number;
  readonly replyTo: number | null;
  readonly url: string;
  readonly type: MediaType;
  /** The choice for a link that is a list. */
  readonly playlist: PlaylistChoice;
  /** Of a new request: the question that its requester has to answer before it is submitted again; null: none. */
  readonly question: ListQuestion | null;
  readonly state: 'new' | 'retry' | 'watching' | 'ended';
  readonly jobId: string | null;
  /** The number of changes of the job since it was last read. */
  readonly dueReads: number;
  readonly isCancelAsked: boolean;
  readonly statusMessageId: number | null;
  /** True when the status message was deleted by a person: only the end is reported, in a new message. */
  readonly isStatusLost: boolean;
  /** Null unless it is ended. */
  readonly ending: Ending | null;
  readonly isReported: boolean;
  /** `finishedAt` of the end that was answered with Retry: events with the same value are ignored. */
  readonly seenFinish: string | null;
  readonly share: RequestShare;
  readonly changedAt: number;
}

/** True when somebody else than the requester has pressed the button whose call is due. */
export function isActorForeign({ actorId, userId }: MediaRequest): boolean {
  return actorId !== userId;
}

const flag = z.number().transform((value) => value === 1);

/** Parses a row of the table. */
export const RequestRow = z
  .object({
    id: z.number(),
    key: z.string(),
    chat_id: z.number(),
    user_id: z.number(),
    reply_to: z.number().nullable(),
    url: z.string(),
    type: MediaType,
    playlist: PlaylistChoice,
    question: z
      .string()
      .nullable()
      .transform((json) => (json === null ? null : ListQuestion.parse(JSON.parse(json)))),
    state: z.enum(['new', 'retry', 'watching', 'ended']),
    attempt: z.number(),
    job_id: z.string().nullable(),
    due_reads: z.number(),
    is_cancel_asked: flag,
    status_message_id: z.number().nullable(),
    is_status_lost: flag,
    ending: z.string().nullable(),
    is_reported: flag,
    seen_finish: z.string().nullable(),
    share_state: z.enum(['wanted', 'shared', 'revoking', 'unshared']),
    share_id: z.string().nullable(),
    share_expires_at: z.string().nullable(),
    share_links: z
      .string()
      .nullable()
      .transform((json) => (json === null ? null : NewShare.shape.links.parse(JSON.parse(json)))),
    actor_id: z.number().nullable(),
    share_actor_id: z.number().nullable(),
    changed_at: z.number(),
  })
  .transform((row): MediaRequest => ({
    id: row.id,
    key: row.attempt === 0 ? row.key : `${row.key}-r${row.attempt}`,
    chatId: row.chat_id,
    userId: row.user_id,
    actorId: row.actor_id ?? row.user_id,
    replyTo: row.reply_to,
    url: row.url,
    type: row.type,
    playlist: row.playlist,
    question: row.question,
    state: row.state,
    jobId: row.job_id,
    dueReads: row.due_reads,
    isCancelAsked: row.is_cancel_asked,
    statusMessageId: row.status_message_id,
    isStatusLost: row.is_status_lost,
    ending: row.state === 'ended' ? parseEnding(row.ending) : null,
    isReported: row.is_reported,
    seenFinish: row.seen_finish,
    share: {
      state: row.share_state,
      id: row.share_id,
      expiresAt: row.share_expires_at,
      links: row.share_links,
      actorId: row.share_actor_id,
    },
    changedAt: row.changed_at,
  }));

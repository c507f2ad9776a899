import { Job, MediaType, NewShare, ProblemDocument } from '@linkcast/contracts';
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
 * The share behind the links of a status message: `wanted` (from the start) → `shared` → `revoking` → `unshared`, and
 * from there `wanted` again.
 */
export interface RequestShare {
  readonly state: 'wanted' | 'shared' | 'revoking' | 'unshared';
  readonly id: string | null;
  readonly expiresAt: string | null;
  /** `playableAt` of the job that was shared: when that changes, the item was made anew, and the share went with the old one. */
  readonly playableAt: string | null;
  /** Kept only until the message with them has been delivered for the last time. */
  readonly links: NewShare['links'] | null;
}

/**
 * What a member asked for: `new` (to be submitted) → `watching` (a job of yt-app) → `ended`, and from there `retry`.
 * `isReported`: nothing more is to be said about it.
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
  readonly isReported: boolean;
  /** `finishedAt` of the end that was answered with Retry: the same end, seen again, is old news. */
  readonly seenFinish: string | null;
  readonly share: RequestShare;
  readonly changedAt: number;
}

const flag = z.number().transform((value) => value === 1);

/** A row of the table as a request. */
export const RequestRow = z
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
    share_state: z.enum(['wanted', 'shared', 'revoking', 'unshared']),
    share_id: z.string().nullable(),
    share_expires_at: z.string().nullable(),
    share_playable_at: z.string().nullable(),
    share_links: z
      .string()
      .nullable()
      .transform((json) => (json === null ? null : NewShare.shape.links.parse(JSON.parse(json)))),
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
    isReported: row.is_told,
    seenFinish: row.seen_finish,
    share: {
      state: row.share_state,
      id: row.share_id,
      expiresAt: row.share_expires_at,
      playableAt: row.share_playable_at,
      links: row.share_links,
    },
    changedAt: row.changed_at,
  }));

/** The ending as it was stored; one that an older version wrote differently counts as lost. */
function parseEnding(text: string | null): Ending | null {
  if (text === null) return null;
  const parsed = Ending.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : { kind: 'lost' };
}

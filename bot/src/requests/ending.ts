import { Job, problemTypes, SentenceFacts } from '@linkcast/contracts';
import { z } from 'zod';

/** A problem in a stored ending: code and facts, or the sentence alone where an older version has no such code. */
export const StoredProblem = z.object({
  code: z.enum(problemTypes).optional().catch(undefined),
  facts: SentenceFacts.optional().catch(undefined),
  error: z.string(),
  retryable: z.boolean().catch(false),
});
export type StoredProblem = z.infer<typeof StoredProblem>;

/** A job, of yt-app or of a stored ending. */
export const StoredJob = Job.extend({
  problem: StoredProblem.nullable(),
  requesterId: Job.shape.requesterId.default(null), // a version without people stored none
});
export type StoredJob = z.infer<typeof StoredJob>;

/** The ending of a request, as it is reported to the requester. */
export const Ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job'), job: StoredJob }),
  /** yt-app did not accept the request. */
  z.object({ kind: z.literal('refused'), problem: StoredProblem }),
  z.object({ kind: z.literal('cancelled') }),
  /** yt-app has no such job any more. */
  z.object({ kind: z.literal('lost') }),
  z.object({ kind: z.literal('gave-up') }),
  /** Nobody has said which videos of a list are wanted. */
  z.object({ kind: z.literal('unanswered') }),
  /** Telegram gives bots no file of that size. */
  z.object({ kind: z.literal('file-too-large') }),
]);
export type Ending = z.infer<typeof Ending>;

/** Parses a stored ending; one in the format of an older version counts as lost. */
export function parseEnding(text: string | null): Ending | null {
  if (text === null) return null;
  const parsed = Ending.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : { kind: 'lost' };
}

import { PlaylistFacts, type ProblemFacts } from '@linkcast/contracts';
import { z } from 'zod';

/** The question to the requester of a link that is a list: one video, or all of them. */
export const ListQuestion = PlaylistFacts.extend({ videos: z.number().int().positive() });
export type ListQuestion = z.infer<typeof ListQuestion>;

/** Milliseconds after which an unanswered question ends its request. */
export const QUESTION_MS = 86_400_000;

/** The question that a refusal with `playlist-choice` leads to; undefined when it does not describe the list. */
export function listQuestionOf({ videos, list }: ProblemFacts): ListQuestion | undefined {
  return ListQuestion.safeParse({ ...list, videos }).data;
}

/** True for a question that was asked too long ago. */
export function isExpired({ changedAt }: { readonly changedAt: number }, now: number): boolean {
  return now - changedAt > QUESTION_MS;
}

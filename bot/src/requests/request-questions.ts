import { QUESTION_MS, type ListQuestion } from './list-question.ts';
import type { RequestTable } from './request-table.ts';

/** The open questions, in the columns of their requests. */
export function createRequestQuestions({ select, update }: RequestTable, now: () => number) {
  return {
    ask: (id: number, question: ListQuestion) => update(id, 'question = ?', JSON.stringify(question)),
    /** Submits the request with the choice, for its requester, whoever has pressed Retry before. */
    answer: (id: number, choice: 'one' | 'all') => update(id, 'question = NULL, actor_id = NULL, playlist = ?', choice),
    /** The requests whose question was asked too long ago. */
    expired: () => select('question IS NOT NULL AND changed_at < ?', now() - QUESTION_MS),
  };
}

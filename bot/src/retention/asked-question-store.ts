import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/**
 * The questions about unwatched items that were sent to the owners. A question and its message in the outbox are one transaction, so
 * that a crash neither loses nor repeats it.
 */
export function createAskedQuestionStore(database: Database) {
  return {
    /** Runs a function in one transaction. */
    transaction: (run: () => void): void => database.transaction(run)(),
    /** Ids of the questions that were sent to an owner. */
    askedOf: (ownerId: number): ReadonlySet<string> =>
      new Set(
        z
          .array(z.string())
          .parse(database.prepare('SELECT question_id FROM asked_questions WHERE owner_id = ?').pluck().all(ownerId)),
      ),
    put: (ownerId: number, questionId: string): void =>
      void database
        .prepare('INSERT INTO asked_questions (owner_id, question_id) VALUES (?, ?)')
        .run(ownerId, questionId),
    /** Forgets the questions that are not open any more, and those to people who are not among the owners. */
    keep(owners: readonly number[], questionIds: readonly string[]): void {
      database
        .prepare(
          `DELETE FROM asked_questions WHERE owner_id NOT IN (SELECT value FROM json_each(?))
           OR question_id NOT IN (SELECT value FROM json_each(?))`,
        )
        .run(JSON.stringify(owners), JSON.stringify(questionIds));
    },
  };
}

export type AskedQuestionStore = ReturnType<typeof createAskedQuestionStore>;

import { RetentionReason, type RetentionAnswer } from '@linkcast/contracts';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../database/table.ts';

const columns = {
  id: column('id', z.string()),
  /** One question of an item: the next one replaces it. */
  mediaId: column('media_id', z.string()),
  reason: column('reason', RetentionReason),
  /** Times are milliseconds since 1970. */
  askedAt: column('asked_at', z.number()),
  expiresAt: column('expires_at', z.number()),
  /** Null: nobody has answered. */
  answer: column('answer', z.enum(['keep', 'delete', 'later']).nullable()),
  /** Id of the owner who has answered. */
  answeredBy: column('answered_by', z.string().nullable()),
  answeredAt: column('answered_at', z.number().nullable()),
};
const table = createTable(columns);

/** A question about an unwatched item, as the database has it. */
export type QuestionRecord = RecordOf<typeof columns>;

/** The questions to the owners, one of each item at most. */
export interface QuestionStore {
  list(): Promise<QuestionRecord[]>;
  get(id: string): Promise<QuestionRecord | undefined>;
  /** Adds a question, instead of an earlier one of the item. */
  put(question: QuestionRecord): Promise<void>;
  /** Notes the first answer. @returns false when there was one. */
  answer(id: string, given: RetentionAnswer & { readonly by: string; readonly at: number }): Promise<boolean>;
  /** Withdraws the question of an item. */
  remove(mediaId: string): Promise<void>;
}

export function createQuestionStore(database: AppDatabase): QuestionStore {
  const query = () => database.tables<{ retention_questions: SqlRowOf<typeof columns> }>();
  const select = () => query().selectFrom('retention_questions').selectAll();

  return {
    list: () => table.readAll(select().orderBy('asked_at').orderBy('id')),
    get: (id) => table.readOne(select().where('id', '=', id)),
    async put(question) {
      const row = table.writeNew(question);
      await query()
        .insertInto('retention_questions')
        .values(row)
        .onConflict((conflict) => conflict.column('media_id').doUpdateSet(row))
        .execute();
    },
    async answer(id, { answer, by, at }) {
      const { numUpdatedRows } = await query()
        .updateTable('retention_questions')
        .set(table.write({ answer, answeredBy: by, answeredAt: at }))
        .where('id', '=', id)
        .where('answer', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async remove(mediaId) {
      await query().deleteFrom('retention_questions').where('media_id', '=', mediaId).execute();
    },
  };
}

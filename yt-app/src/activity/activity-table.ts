import { ActivityKind, Message } from '@linkcast/contracts';
import type { Generated } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';

/** The columns of an entry. The time is in milliseconds since 1970. */
const columns = {
  createdAt: column('created_at', z.number()),
  kind: column('kind', ActivityKind),
  /** The person who did it; null: Linkcast itself. */
  personId: column('person_id', z.string().nullable()),
  /** To whom. */
  subjectId: column('subject_id', z.string().nullable()),
  mediaId: column('media_id', z.string().nullable()),
  /** Facts of the sentence. */
  facts: jsonColumn('facts', Message.shape.facts),
  /** Of a notice: its message. */
  cause: jsonColumn('cause', Message.nullable()),
};

export type ActivityRecord = RecordOf<typeof columns>;

export interface ActivityTables {
  activity: SqlRowOf<typeof columns> & { number: Generated<number> };
}

export const activityTable = {
  ...createTable(columns),
  query: (database: AppDatabase) => database.tables<ActivityTables>(),
};

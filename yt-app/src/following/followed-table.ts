import { CheckSchedule, FollowedState, MediaType, Quality, TitleFilter, Visibility } from '@linkcast/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';
import { JobProblem } from '../jobs/job-problem.ts';

const time = z.number().nullable();

/** The columns of a followed list. Times are milliseconds since 1970. */
const columns = {
  id: column('id', z.string()),
  personId: column('person_id', z.string()),
  url: column('url', z.string()),
  /** The normalised URL: a person follows it once. */
  sourceKey: column('source_key', z.string()),
  /** The host of the URL, as `hostOf` makes it. */
  host: column('host', z.string()),
  title: column('title', z.string()),
  /** True: its person has chosen the title. */
  hasOwnTitle: flagColumn('own_title'),
  type: column('type', MediaType),
  quality: column('quality', Quality),
  visibility: column('visibility', Visibility),
  /** A day: `2026-11-30`. */
  since: column('since', z.string().nullable()),
  filter: jsonColumn('filter', TitleFilter),
  keepLast: column('keep_last', z.number().nullable()),
  keepDays: column('keep_days', z.number().nullable()),
  keepChangedAt: column('keep_changed_at', z.number()),
  schedule: jsonColumn('schedule', CheckSchedule),
  state: column('state', FollowedState),
  nextCheckAt: column('next_check_at', z.number()),
  lastCheckAt: column('last_check_at', time),
  lastNewAt: column('last_new_at', time),
  /** Checks in a row that failed, and the time of the first of them. */
  failures: column('failures', z.number()),
  failingSince: column('failing_since', time),
  problem: jsonColumn('problem', JobProblem.nullable()),
  createdAt: column('created_at', z.number()),
};

/** Facts that are read with a list. */
const derived = {
  /** Videos that are known and not fetched yet. */
  waiting: column('waiting', z.number()),
  collectionId: column('collection_id', z.string().nullable()),
};

/** A followed list as it is stored. */
export type StoredList = RecordOf<typeof columns>;
/** A followed list as the database has it. */
export type FollowedRecord = RecordOf<typeof columns & typeof derived>;

interface FollowedTables {
  followed_lists: SqlRowOf<typeof columns>;
}

const { read, readOne, readAll } = createTable({ ...columns, ...derived });
const { write, writeNew } = createTable(columns);

/** Reads and writes rows of followed lists. */
export const followedTable = {
  ...{ read, readOne, readAll, write, writeNew },
  query: (database: AppDatabase) => database.tables<FollowedTables>(),
  /** The expressions of the facts that are not columns. */
  derived: [
    sql<number>`(SELECT count(*) FROM followed_entries
      WHERE followed_id = followed_lists.id AND followed_entries.state <> 'known')`.as(derived.waiting.name),
    sql<string | null>`(SELECT collections.id FROM collections
      WHERE collections.source_key = followed_lists.source_key AND collections.person_id = followed_lists.person_id
      LIMIT 1)`.as(derived.collectionId.name),
  ],
};

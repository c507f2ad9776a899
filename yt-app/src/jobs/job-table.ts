import { JobState, MediaDamage, MediaType, Quality, TriedWays, Visibility } from '@linkcast/contracts';
import { z } from 'zod';
import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';
import { JobProblem } from './job-problem.ts';

/** The columns of a job. Times are milliseconds since 1970. */
const columns = {
  /** Orders the jobs by their submission. */
  number: column('number', z.number()),
  id: column('id', z.string()),
  /** The parent of a child. */
  parentId: column('parent_id', z.string().nullable()),
  state: column('state', JobState),
  type: column('type', MediaType),
  url: column('url', z.string()),
  /** The normalised source URL: equal keys are the same source. */
  sourceKey: column('source_key', z.string()),
  quality: column('quality', Quality),
  /** The host of the source URL, as `hostOf` makes it. */
  host: column('host', z.string()),
  /** 1 while somebody has the page of the queued job open, else 0. */
  priority: column('priority', z.number()),
  /** True for a job that nobody waits for: the next video of a followed list. It is claimed after all others. */
  isBackground: flagColumn('is_background'),
  /** The queued job is not claimed before this time; 0: at once. */
  notBefore: column('not_before', z.number()),
  /** Counts the claims since the job was submitted or retried. */
  attempt: column('attempt', z.number()),
  /** Counts the failures after which it was queued again, since it was submitted or retried by a person. */
  retries: column('retries', z.number()),
  /** Counts all claims; 0 before the first. */
  fence: column('fence', z.number()),
  /** The worker of the last claim, and which of its runs it was. */
  worker: column('worker', z.string().nullable()),
  instance: column('instance', z.string().nullable()),
  /** The last claim; it stays when the job waits again. */
  claimedAt: column('claimed_at', z.number().nullable()),
  mediaId: column('media_id', z.string()),
  /** The requester; null: made before there were people. */
  personId: column('person_id', z.string().nullable()),
  visibility: column('visibility', Visibility),
  /** The item whose damaged files the job replaces; null: it makes a new item. */
  repairs: column('repairs', z.string().nullable()),
  /** The item whose files the job starts with: an audio job makes an item of them, a video job adds to them. Null: it starts with its link. */
  fromItem: column('from_item', z.string().nullable()),
  title: column('title', z.string().nullable()),
  extractor: column('extractor', z.string().nullable()),
  sourceId: column('source_id', z.string().nullable()),
  handling: column('handling', z.enum(['copied', 'encoded']).nullable()),
  isPlayable: flagColumn('playable'),
  bytes: column('bytes', z.number()),
  /** The begin of the recording of a source that is live; null: it has an end. */
  liveSince: column('live_since', z.number().nullable()),
  /** True when a person wants no more of a live source: what was recorded becomes the item. */
  isStopping: flagColumn('is_stopping'),
  /** The reason for which the job has failed, or for which the queued job waits. */
  problem: jsonColumn('problem', JobProblem.nullable()),
  /** The ways by which the last claim has tried to reach the source; null: its host has no profile. */
  tried: jsonColumn('tried', TriedWays.nullable()),
  createdAt: column('created_at', z.number()),
  /** The time of the submission or the last retry: until 24 hours later the job counts for its person's limit. */
  submittedAt: column('submitted_at', z.number()),
  startedAt: column('started_at', z.number().nullable()),
  playableAt: column('playable_at', z.number().nullable()),
  finishedAt: column('finished_at', z.number().nullable()),
};

const damage = jsonColumn('item_damage', MediaDamage.nullable());
/** Facts of the job's item; read only. */
const ofItem = {
  isInLibrary: flagColumn('is_in_library'),
  /** The damage of the item, while it is in the library. A claim does not read it: its job has no item. */
  itemDamage: { ...damage, schema: damage.schema.prefault(null) },
};

/** A job as the database has it. */
export type JobRecord = RecordOf<typeof columns & typeof ofItem>;

interface JobTables {
  jobs: SqlRowOf<typeof columns>;
}

const ITEM = sql`media WHERE media.id = jobs.media_id AND media.deleted_at IS NULL`;

const isInLibrary = sql<number>`CASE WHEN EXISTS (SELECT 1 FROM ${ITEM}) THEN 1 ELSE 0 END`.as(ofItem.isInLibrary.name);

const readTable = createTable({ ...columns, ...ofItem });
const writtenTable = createTable(columns);

/** Reads and writes rows of jobs. */
export const jobTable = {
  read: readTable.read,
  readOne: readTable.readOne,
  readAll: readTable.readAll,
  write: writtenTable.write,
  writeNew: writtenTable.writeNew,
  query: (database: AppDatabase) => database.tables<JobTables>(),
  /** The expression of {@link JobRecord.isInLibrary}, for a query of `jobs`. */
  isInLibrary,
  /** The expressions of all facts of the item. */
  ofItem: [isInLibrary, sql<string | null>`(SELECT damage FROM ${ITEM})`.as(ofItem.itemDamage.name)],
};

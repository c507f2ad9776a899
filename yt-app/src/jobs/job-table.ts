import { JobState, MediaType, Quality, Visibility } from '@linkcast/contracts';
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
  /** The job is not claimed before this time; 0: at once. */
  notBefore: column('not_before', z.number()),
  /** Counts the claims since the job was submitted or retried. */
  attempt: column('attempt', z.number()),
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
  title: column('title', z.string().nullable()),
  extractor: column('extractor', z.string().nullable()),
  sourceId: column('source_id', z.string().nullable()),
  handling: column('handling', z.enum(['copied', 'encoded']).nullable()),
  isPlayable: flagColumn('playable'),
  bytes: column('bytes', z.number()),
  problem: jsonColumn('problem', JobProblem.nullable()),
  createdAt: column('created_at', z.number()),
  /** The time of the submission or the last retry: until 24 hours later the job counts for its person's limit. */
  submittedAt: column('submitted_at', z.number()),
  startedAt: column('started_at', z.number().nullable()),
  playableAt: column('playable_at', z.number().nullable()),
  finishedAt: column('finished_at', z.number().nullable()),
};

/** Reports whether the job's item is in the library; read only. */
const isInLibrary = flagColumn('is_in_library');

/** A job as the database has it. */
export type JobRecord = RecordOf<typeof columns & { isInLibrary: typeof isInLibrary }>;

interface JobTables {
  jobs: SqlRowOf<typeof columns>;
}

const readTable = createTable({ ...columns, isInLibrary });
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
  isInLibrary:
    sql<number>`CASE WHEN EXISTS (SELECT 1 FROM media WHERE media.id = jobs.media_id AND media.deleted_at IS NULL) THEN 1 ELSE 0 END`.as(
      isInLibrary.name,
    ),
};

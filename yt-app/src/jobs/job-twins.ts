import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { isWhole } from '../library/items/item-checks.ts';
import { itemTable, type ItemRecord } from '../library/items/item-table.ts';
import { jobTable, type JobRecord } from './job-table.ts';

/** A source as its extractor identifies it. */
export type SourceIdentity = Pick<JobRecord, 'extractor' | 'sourceId'>;
/** A ready item in the facts that a job takes over. */
export type AdoptableItem = Pick<JobRecord, 'mediaId' | 'bytes'> & { readonly handling: 'copied' | 'encoded' };

/** Finds what makes a job needless: the same source, type and quality, which the person of the job may see. */
export interface JobTwins {
  /** A ready item of the library. */
  findItem(job: JobRecord, source: SourceIdentity): Promise<AdoptableItem | undefined>;
  /** A ready item that would be the same if it had not lost files. */
  findDamaged(job: JobRecord, source: SourceIdentity): Promise<Pick<ItemRecord, 'id'> | undefined>;
  /** Reports whether another job is making the item. */
  isInTheMaking(job: JobRecord, source: SourceIdentity): Promise<boolean>;
  /** Lets the jobs that wait for the end of this one be claimed. */
  release(job: JobRecord): Promise<void>;
}

/** The job has been found to be needed: it downloads, or was interrupted after people could play its item. */
const isMaking = sql<SqlBool>`(state IN ('downloading', 'converting', 'verifying') OR (state IN ('queued', 'resolving') AND playable = 1))`;

export function createJobTwins(database: AppDatabase): JobTwins {
  const { readOne } = itemTable;

  return {
    async findItem(job, source) {
      const item = await readOne(itemsFor(database, job, source).where(isWhole).limit(1)); // one that has lost files is downloaded again
      return item && { mediaId: item.id, handling: item.handling, bytes: item.bytes };
    },
    findDamaged: (job, source) =>
      readOne(
        itemsFor(database, job, source)
          .where(sql<SqlBool>`NOT ${isWhole}`)
          .limit(1),
      ),
    async isInTheMaking(job, source) {
      const row = await otherJobs(job)
        .select('id')
        .where(isMaking)
        .where(isSameSource(job, source))
        .where(sql<SqlBool>`(${isVisible(job)} OR ${repairsVisible(job)})`)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async release(job) {
      const waiting = otherJobs(job)
        .select('number')
        .where('state', '=', 'queued')
        .where('problem', 'is', null) // else it waits for its own next try
        .where('not_before', '>', 0)
        .where(isSameSource(job, job))
        // One that changes at this moment is not waited for: both changes may be of children of one parent.
        .$if(database.kind === 'postgres', (jobs) => jobs.forUpdate().skipLocked());
      await jobTable
        .query(database)
        .updateTable('jobs')
        .set({ not_before: 0 })
        .where('number', 'in', waiting)
        .execute();
    },
  };

  function otherJobs({ id, type, quality }: JobRecord) {
    return jobTable
      .query(database)
      .selectFrom('jobs')
      .where('id', '<>', id)
      .where('type', '=', type)
      .where('quality', '=', quality);
  }
}

/** The ready items that the job may give to its person, the newest first. */
function itemsFor(database: AppDatabase, job: JobRecord, source: SourceIdentity) {
  return itemTable
    .query(database)
    .selectFrom('media')
    .selectAll()
    .where('type', '=', job.type)
    .where('state', '=', 'ready')
    .where('deleted_at', 'is', null)
    .where(isSameSource(job, source))
    .where(isVisible(job))
    .where(hasQuality(job))
    .orderBy('number', 'desc');
}

function isSameSource({ sourceKey }: JobRecord, { extractor, sourceId }: SourceIdentity): RawBuilder<SqlBool> {
  return sql<SqlBool>`(source_key = ${sourceKey} OR (extractor = ${extractor} AND source_id = ${sourceId}))`;
}

/** The condition of what the job may give to its person: what everyone sees; to a private job also what is private to its person. */
function isVisible({ personId, visibility }: JobRecord, table: '' | 'media.' = ''): RawBuilder<SqlBool> {
  const [person, visible] = [sql.raw(`${table}person_id`), sql.raw(`${table}visibility`)];
  const isOwn = visibility === 'mine' ? sql<SqlBool>`${person} = ${personId}` : sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`(${visible} = 'everyone' OR ${isOwn})`;
}

/** The condition of repairs of items that {@link isVisible} holds for. Only owners see the repairs themselves. */
function repairsVisible(job: JobRecord): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM media WHERE media.id = jobs.repairs AND ${isVisible(job, 'media.')})`;
}

/** The condition of items that were made for the job's quality. An item whose job is lost counts as the best one. */
function hasQuality({ id, quality }: JobRecord): RawBuilder<SqlBool> {
  const readyJobs = sql`SELECT 1 FROM jobs WHERE jobs.media_id = media.id AND jobs.state = 'ready'`;
  const isUnknown = quality === 'best' ? sql<SqlBool>`NOT EXISTS (${readyJobs})` : sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`(media.job_id = ${id} OR EXISTS (${readyJobs} AND jobs.quality = ${quality}) OR ${isUnknown})`;
}

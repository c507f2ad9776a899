import type { JobQuery, Viewer } from '@linkcast/contracts';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { openOrOwn, visibleRows } from '../access/visible-rows.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { LEASED_STATES } from './job-lifecycle.ts';
import { jobTable, type JobRecord } from './job-table.ts';

export interface JobPage {
  readonly jobs: JobRecord[];
  readonly nextCursor: string | null;
}

/** Finds jobs. */
export interface JobReads {
  get(id: string): Promise<JobRecord | undefined>;
  /**
   * The newest job for the same source, type and quality that has not failed: for everyone, or of the same person. A ready one
   * counts only while nobody else keeps its item private.
   */
  findSame(job: Pick<JobRecord, 'sourceKey' | 'type' | 'quality' | 'personId'>): Promise<JobRecord | undefined>;
  /** The ready jobs that made or adopted this item. */
  findByMedia(mediaId: string): Promise<JobRecord[]>;
  /** A ready job for what the extractor calls by the same id, and whose item may be adopted: it is for everyone, or both are private to one person. */
  findTwin(job: JobRecord, source: Pick<JobRecord, 'extractor' | 'sourceId'>): Promise<JobRecord | undefined>;
  /** Rejects with invalid-request for a cursor that is none of ours. */
  list(query: JobQuery, viewer: Viewer): Promise<JobPage>;
  /** The jobs that a worker has claimed and that have not ended. */
  leased(): Promise<JobRecord[]>;
}

export function createJobReads(database: AppDatabase): JobReads {
  const select = () => jobTable.query(database).selectFrom('jobs').selectAll().select(jobTable.isInLibrary);
  const { readOne, readAll } = jobTable;

  return {
    get: (id) => readOne(select().where('id', '=', id)),
    findSame: ({ sourceKey, type, quality, personId }) =>
      readOne(
        select()
          .where('source_key', '=', sourceKey)
          .where('type', '=', type)
          .where('quality', '=', quality)
          .where('state', 'not in', ['failed', 'cancelled'])
          .where(hasNoForeignItem(personId))
          .where(openOrOwn(personId)) // an owner does not get a private job of somebody else, either: its item would stay theirs
          .orderBy('number', 'desc')
          .limit(1),
      ),
    findByMedia: (mediaId) => readAll(select().where('media_id', '=', mediaId).where('state', '=', 'ready')),
    findTwin: ({ id, type, quality, personId, visibility }, { extractor, sourceId }) =>
      readOne(
        select()
          .where('extractor', '=', extractor)
          .where('source_id', '=', sourceId)
          .where('type', '=', type)
          .where('quality', '=', quality)
          .where('state', '=', 'ready')
          .where(hasAdoptableItem({ personId, visibility }))
          .where('id', '<>', id)
          .orderBy('number', 'desc')
          .limit(1),
      ),
    async list({ state, limit, cursor }, viewer) {
      const isVisible = visibleRows(viewer);
      let page = select().where('number', '<', beforeNumber(cursor));
      if (isVisible) page = page.where(isVisible);
      if (state !== undefined) page = page.where('state', '=', state);
      const found = await readAll(page.orderBy('number', 'desc').limit(limit + 1));
      const jobs = found.slice(0, limit);
      return { jobs, nextCursor: found.length > limit ? String(jobs.at(-1)?.number ?? '') : null };
    },
    leased: () => readAll(select().where('state', 'in', LEASED_STATES).orderBy('number')),
  };
}

/** The condition of jobs whose item nobody else has made private. */
function hasNoForeignItem(personId: string | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM media WHERE media.id = jobs.media_id
    AND media.visibility = 'mine' AND media.person_id IS DISTINCT FROM ${personId})`;
}

/** The condition of jobs whose item another job may adopt: items for everyone; for a private job also the private items of its person. */
function hasAdoptableItem({ personId, visibility }: Pick<JobRecord, 'personId' | 'visibility'>): RawBuilder<SqlBool> {
  const isOwn = visibility === 'mine' ? sql<SqlBool>`media.person_id = ${personId}` : sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`EXISTS (SELECT 1 FROM media WHERE media.id = jobs.media_id
    AND media.state = 'ready' AND media.deleted_at IS NULL AND (media.visibility = 'everyone' OR ${isOwn}))`;
}

function beforeNumber(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
}

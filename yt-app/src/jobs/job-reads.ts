import type { JobState, Viewer } from '@linkcast/contracts';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { openOrOwn, visibleRows } from '../access/visible-rows.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { LEASED_STATES } from './job-lifecycle.ts';
import { jobTable, type JobRecord } from './job-table.ts';

/** A part of a list of jobs. */
export interface JobPageQuery {
  readonly state: JobState | undefined;
  /** The number beyond which the page begins. */
  readonly from: number;
  readonly limit: number;
}

/** Finds jobs. */
export interface JobReads {
  get(id: string): Promise<JobRecord | undefined>;
  /**
   * The newest job for the same source, type and quality that has not failed: for everyone, or of the same person. A ready one
   * counts only while nobody else keeps its item private.
   */
  findSame(job: Pick<JobRecord, 'sourceKey' | 'type' | 'quality' | 'personId'>): Promise<JobRecord | undefined>;
  /** The job of an own file. @param url its source URL. */
  ofOwnFile(url: string): Promise<JobRecord | undefined>;
  /** The job that adds to the item, and has not ended. */
  openUpdate(mediaId: string): Promise<JobRecord | undefined>;
  /** The ready jobs that made or adopted this item. */
  findByMedia(mediaId: string): Promise<JobRecord[]>;
  /** Jobs that are no children, newest first. */
  list(query: JobPageQuery, viewer: Viewer): Promise<JobRecord[]>;
  /** The children of a parent, in their order. */
  listChildren(parentId: string, query: JobPageQuery, viewer: Viewer): Promise<JobRecord[]>;
  /** All children of a parent in these states. */
  childrenIn(parentId: string, states: readonly JobState[]): Promise<JobRecord[]>;
  /** The newest job that repairs, or has repaired, this item. */
  lastRepair(mediaId: string): Promise<JobRecord | undefined>;
  /** Ids of the items that jobs repair which have not ended. */
  repairedItems(): Promise<string[]>;
  /** The jobs that a worker has claimed and that have not ended. */
  leased(): Promise<JobRecord[]>;
}

export function createJobReads(database: AppDatabase): JobReads {
  const select = () => jobTable.query(database).selectFrom('jobs').selectAll().select(jobTable.ofItem);
  const open = () => select().where('state', 'in', ['queued', ...LEASED_STATES]);
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
          .where('repairs', 'is', null)
          .where(isNoOpenUpdate)
          .where(hasNoForeignItem(personId))
          .where(openOrOwn(personId)) // an owner does not get a private job of somebody else, either: its item would stay theirs
          .orderBy('number', 'desc')
          .limit(1),
      ),
    ofOwnFile: (url) => readOne(select().where('source_key', '=', url).where('from_item', 'is', null).limit(1)),
    openUpdate: (mediaId) => readOne(open().where('from_item', '=', mediaId).where('type', '=', 'video').limit(1)),
    findByMedia: (mediaId) => readAll(select().where('media_id', '=', mediaId).where('state', '=', 'ready')),
    list: ({ state, from, limit }, viewer) =>
      readAll(
        select()
          .where(isListed(state, viewer))
          .where('parent_id', 'is', null)
          .where('number', '<', from)
          .orderBy('number', 'desc')
          .limit(limit),
      ),
    listChildren: (parentId, { state, from, limit }, viewer) =>
      readAll(
        select()
          .where(isListed(state, viewer))
          .where('parent_id', '=', parentId)
          .where('number', '>', from)
          .orderBy('number')
          .limit(limit),
      ),
    childrenIn: (parentId, states) =>
      readAll(select().where('parent_id', '=', parentId).where('state', 'in', states).orderBy('number')),
    lastRepair: (mediaId) => readOne(select().where('repairs', '=', mediaId).orderBy('number', 'desc').limit(1)),
    async repairedItems() {
      const repairs = await readAll(open().where('repairs', 'is not', null));
      return repairs.flatMap(({ repairs: mediaId }) => mediaId ?? []);
    },
    leased: () => readAll(select().where('state', 'in', LEASED_STATES).orderBy('number')),
  };
}

/** An update of an item that has not ended may find nothing to add, which is no answer for who sends the link. */
const isNoOpenUpdate = sql<SqlBool>`(from_item IS NULL OR type = 'audio' OR state = 'ready')`;

/** The condition of jobs whose item nobody else has made private. */
function hasNoForeignItem(personId: string | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM media WHERE media.id = jobs.media_id
    AND media.visibility = 'mine' AND media.person_id IS DISTINCT FROM ${personId})`;
}

/** The condition of jobs in a state (undefined: any) that a viewer sees. */
function isListed(state: JobState | undefined, viewer: Viewer): RawBuilder<SqlBool> {
  const isVisible = visibleRows(viewer) ?? sql<SqlBool>`1 = 1`;
  return state === undefined ? isVisible : sql<SqlBool>`(${isVisible} AND state = ${state})`;
}

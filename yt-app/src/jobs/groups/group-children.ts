import type { ChildCounts, JobState } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { LEASED_STATES } from '../job-lifecycle.ts';
import type { JobProblem } from '../job-problem.ts';
import { jobTable } from '../job-table.ts';
import type { GroupRow } from './group-table.ts';

/** A parent job with what its children add up to. */
export interface JobGroup extends GroupRow {
  readonly counts: ChildCounts;
  /** Bytes of the items of its ready children. */
  readonly bytes: number;
  /** The first start of a child; null: none has started. */
  readonly startedAt: number | null;
  /** The last end of a child; null: none has ended. */
  readonly finishedAt: number | null;
  readonly runningIds: readonly string[];
  /** The problem of its first failed child. */
  readonly problem: JobProblem | null;
}

const NO_CHILDREN: ChildCounts = { total: 0, queued: 0, running: 0, ready: 0, failed: 0, cancelled: 0 };

/** Reads the sums of the children of some parents. */
export async function withChildren(database: AppDatabase, rows: readonly GroupRow[]): Promise<JobGroup[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const sums = await readSums(database, ids);
  const running = await childrenOf(database, ids)
    .select(['id', 'parent_id'])
    .where('state', 'in', LEASED_STATES)
    .execute();
  return Promise.all(
    rows.map(async (row): Promise<JobGroup> => {
      const own = sums.filter(({ parent_id: parent }) => parent === row.id);
      return {
        ...row,
        counts: own.reduce((counts, { state, count }) => counted(counts, state, count), NO_CHILDREN),
        bytes: own.reduce((sum, { bytes }) => sum + Number(bytes ?? 0), 0), // PostgreSQL's sum is a numeric, which comes as text
        startedAt: earliest(own.flatMap(({ started }) => started ?? [])),
        finishedAt: latest(own.flatMap(({ finished }) => finished ?? [])),
        runningIds: running.flatMap(({ id, parent_id: parent }) => (parent === row.id ? id : [])),
        problem: row.state === 'failed' ? await firstProblem(database, row.id) : null,
      };
    }),
  );
}

function childrenOf(database: AppDatabase, parentIds: readonly string[]) {
  return jobTable.query(database).selectFrom('jobs').where('parent_id', 'in', parentIds);
}

function readSums(database: AppDatabase, parentIds: readonly string[]) {
  return childrenOf(database, parentIds)
    .select(({ fn }) => [
      'parent_id',
      'state',
      fn.countAll<number>().as('count'),
      fn.sum<number | string | null>('bytes').as('bytes'),
      fn.min<number | null>('started_at').as('started'),
      fn.max<number | null>('finished_at').as('finished'),
    ])
    .groupBy(['parent_id', 'state'])
    .execute();
}

async function firstProblem(database: AppDatabase, parentId: string): Promise<JobProblem | null> {
  const failed = await jobTable.readOne(
    childrenOf(database, [parentId])
      .selectAll()
      .select(jobTable.ofItem)
      .where('state', '=', 'failed')
      .orderBy('number')
      .limit(1),
  );
  return failed?.problem ?? null;
}

function counted(counts: ChildCounts, state: JobState, count: number): ChildCounts {
  const key = (LEASED_STATES as readonly JobState[]).includes(state) ? 'running' : (state as 'queued'); // one of the others
  return { ...counts, total: counts.total + count, [key]: counts[key] + count };
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

function latest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.max(...times);
}

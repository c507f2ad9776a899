import type { JobState } from '@linkcast/contracts';
import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { isDue } from './claims/due-jobs.ts';
import { jobTable } from './job-table.ts';

/** Numbers about the jobs as a whole. */
export interface JobStatistics {
  /** The items of all jobs that are not ready: their directories are unfinished. */
  unfinishedMediaIds(): Promise<string[]>;
  /** Average seconds between the starts of the last jobs; null when fewer than two have started. */
  secondsBetweenStarts(): Promise<number | null>;
  /** Reports whether this many jobs are queued, or more. */
  areQueued(atLeast: number): Promise<boolean>;
  counts(): Promise<Partial<Record<JobState, number>>>;
  /** The queued jobs that do not wait for a later time. @param now milliseconds since 1970 */
  countDue(now: number): Promise<number>;
  /** The last start of any job, in milliseconds since 1970; null before the first. */
  lastStart(): Promise<number | null>;
}

const STARTS = 20;

export function createJobStatistics(database: AppDatabase): JobStatistics {
  const jobs = () => jobTable.query(database).selectFrom('jobs');

  return {
    async unfinishedMediaIds() {
      const rows = await jobs().select('media_id').where('state', '<>', 'ready').execute();
      return rows.map((row) => row.media_id);
    },
    async secondsBetweenStarts() {
      const rows = await jobs()
        .select('started_at')
        .where('state', '<>', 'queued')
        .where('started_at', 'is not', null)
        .orderBy('number', 'desc')
        .limit(STARTS)
        .execute();
      return averageGapSeconds(rows.flatMap((row) => row.started_at ?? []));
    },
    async areQueued(atLeast) {
      const row = await jobs()
        .select('number')
        .where('state', '=', sql.lit('queued' as const)) // as in the partial index
        .offset(atLeast - 1)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async counts() {
      const rows = await jobs()
        .select(['state', (count) => count.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async countDue(now) {
      const row = await jobs()
        .select((due) => due.fn.countAll<number>().as('count'))
        .where('state', '=', 'queued')
        .where(isDue(now))
        .executeTakeFirst();
      return row?.count ?? 0;
    },
    async lastStart() {
      const row = await jobs()
        .select((last) => last.fn.max('started_at').as('at'))
        .executeTakeFirst();
      return row?.at ?? null;
    },
  };
}

/** @param times milliseconds. */
function averageGapSeconds(times: readonly number[]): number | null {
  if (times.length < 2) return null;
  return (Math.max(...times) - Math.min(...times)) / (times.length - 1) / 1000;
}

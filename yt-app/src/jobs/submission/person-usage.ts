import type { LimitName } from '@linkcast/contracts';
import { sql } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import { LEASED_STATES } from '../job-lifecycle.ts';
import { jobTable } from '../job-table.ts';

/** The amounts that a person uses of their limits. */
export type Usage = Readonly<Record<LimitName, number>>;

/** The person and the time for which usage is read. */
export interface UsageQuery {
  readonly personId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A job that is retried, and is not counted. */
  readonly exceptJob?: string | undefined;
}

/** Reads what people use of their limits. */
export interface PersonUsage {
  of(question: UsageQuery): Promise<Usage>;
  /** The time from which fewer jobs than `limit` count for the day, in milliseconds since 1970; undefined: now. */
  dayFreeAt(question: UsageQuery, limit: number): Promise<number | undefined>;
}

const DAY_MS = 86_400_000;
const OPEN_STATES = ['queued', ...LEASED_STATES] as const;

const COUNT = sql<number>`count(*)`.as('count');

interface Tables {
  media: { person_id: string | null; bytes: number };
}

export function createPersonUsage(database: AppDatabase): PersonUsage {
  const jobsOf = ({ personId, exceptJob = '' }: UsageQuery) =>
    jobTable.query(database).selectFrom('jobs').where('person_id', '=', personId).where('id', '<>', exceptJob);
  const jobsOfDay = (question: UsageQuery) => jobsOf(question).where('submitted_at', '>', question.now - DAY_MS);

  return {
    async of(question) {
      const day = await jobsOfDay(question).select(COUNT).executeTakeFirst();
      const open = await jobsOf(question).where('state', 'in', OPEN_STATES).select(COUNT).executeTakeFirst();
      const stored = await database
        .tables<Tables>()
        .selectFrom('media')
        .where('person_id', '=', question.personId)
        .select(({ fn }) => fn.sum<number | string | null>('bytes').as('bytes'))
        .executeTakeFirst();
      // PostgreSQL's sum is a numeric, which comes as text.
      return { jobsPerDay: day?.count ?? 0, openJobs: open?.count ?? 0, storageBytes: Number(stored?.bytes ?? 0) };
    },
    async dayFreeAt(question, limit) {
      const row = await jobsOfDay(question)
        .select('submitted_at')
        .orderBy('submitted_at', 'desc')
        .offset(limit - 1)
        .limit(1)
        .executeTakeFirst();
      return row && row.submitted_at + DAY_MS;
    },
  };
}

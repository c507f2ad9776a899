import type { ProblemType } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import { jobTable, type JobRecord } from '../job-table.ts';

/** A rest of a host: until `notBefore` (milliseconds since 1970) none of its jobs starts, because of `problem`. */
export type HostRest = Pick<JobRecord, 'notBefore' | 'problem'>;

/** The problems by which a host asks for fewer requests, of everybody here: it sees one address. */
const RESTING: readonly ProblemType[] = ['source-rate-limited', 'source-captcha'];

const isResting = sql<SqlBool>`(${sql.join(
  RESTING.map((code) => sql`problem LIKE ${`{"code":"${code}"%`}`),
  sql` OR `,
)})`;

/** Reports whether a failure gives its host a rest. */
export function asksForRest(code: ProblemType): boolean {
  return RESTING.includes(code);
}

/**
 * The rest of a host that lasts beyond a time (milliseconds since 1970). Its waiting jobs tell of it: there is no other record.
 */
export async function findHostRest(database: AppDatabase, host: string, time: number): Promise<HostRest | undefined> {
  const job = await jobTable.readOne(
    jobTable
      .query(database)
      .selectFrom('jobs')
      .selectAll()
      .select(jobTable.ofItem)
      .where('host', '=', host)
      .where('state', '=', 'queued')
      .where('not_before', '>', time)
      .where(isResting)
      .orderBy('not_before', 'desc')
      .limit(1),
  );
  return job && { notBefore: job.notBefore, problem: job.problem };
}

/** Makes the waiting jobs of a host rest that would start earlier. @returns them, as they are now. */
export async function restJobs(
  database: AppDatabase,
  host: string,
  { notBefore, problem }: HostRest,
): Promise<JobRecord[]> {
  const waiting = jobTable
    .query(database)
    .selectFrom('jobs')
    .select('number')
    .where('host', '=', host)
    .where('state', '=', 'queued')
    .where('not_before', '<', notBefore)
    // One that changes at this moment is not waited for: both changes may be of children of one parent.
    .$if(database.kind === 'postgres', (jobs) => jobs.forUpdate().skipLocked());
  return jobTable.readAll(
    jobTable
      .query(database)
      .updateTable('jobs')
      .set(jobTable.write({ notBefore, problem }))
      .where('number', 'in', waiting)
      .returningAll()
      .returning(jobTable.ofItem),
  );
}

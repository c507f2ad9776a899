import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { LEASED_STATES, transition, type JobChange } from './job-lifecycle.ts';
import { jobTable, type JobRecord } from './job-table.ts';

/** A worker's claim: which run of it takes a job, when, and the id of the item that it will make. */
export interface JobClaim extends Pick<JobRecord, 'mediaId'> {
  readonly worker: string;
  readonly instance: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Jobs of one host that may run at once; 0, or absent: any number. */
  readonly mostPerHost?: number;
}

/** Held during a claim on PostgreSQL: without it, each of two simultaneous claims would count the running jobs without the other's. */
const LOCK = 'job claims';
/** Jobs of nobody count as those of one person. */
const PERSON = sql<string>`coalesce(person_id, '')`;
/** A literal, because SQLite does not use the partial index of queued jobs with a parameter. */
const QUEUED = sql.lit('queued' as const);

/**
 * Claims the next job, within a transaction, in one statement: of the jobs whose time has come and whose host has room, one of
 * the person with the fewest running jobs; of several such people, of the one whose last job was claimed longest ago. Of that
 * person's jobs: the one with priority, else the one that was submitted first.
 *
 * @returns undefined when no job may start.
 */
export async function claimJob(database: AppDatabase, claim: JobClaim): Promise<JobRecord | undefined> {
  await database.lock(LOCK);
  return jobTable.readOne(
    withNext(database, claim)
      .updateTable('jobs')
      .set(jobTable.write(claimChange(claim)))
      .set({ attempt: sql`attempt + 1`, fence: sql`fence + 1` })
      .where('number', '=', (next) => next.selectFrom('next').select('number'))
      .returningAll()
      .returning(jobTable.isInLibrary),
  );
}

/** With `next`: the job that is claimed. A job that is being cancelled is left out. */
function withNext(database: AppDatabase, { now, mostPerHost = 0 }: JobClaim) {
  return withTurns(database).with('next', (query) =>
    query
      .selectFrom('jobs')
      .innerJoin('turns', (join) => join.on('turns.person', '=', PERSON))
      .select('number')
      .where('state', '=', QUEUED)
      .where('not_before', '<=', now)
      .$if(mostPerHost > 0, (jobs) =>
        jobs.where('host', 'not in', (full) =>
          full
            .selectFrom('running')
            .select('running.host')
            .groupBy('running.host')
            .having((host) => host.fn.countAll(), '>=', mostPerHost),
        ),
      )
      .orderBy('turns.running_jobs')
      .orderBy('turns.claimed_at')
      .orderBy('priority', 'desc')
      .orderBy('number')
      .limit(1)
      .$if(database.kind === 'postgres', (jobs) => jobs.forUpdate('jobs').skipLocked()),
  );
}

/** With `running`: host and person of each running job; and `turns`: what decides between the people who wait. */
function withTurns(database: AppDatabase) {
  return jobTable
    .query(database)
    .with(
      (table) => table('running').materialized(),
      (query) =>
        query
          .selectFrom('jobs')
          .select(['host', PERSON.as('person')])
          .where('state', 'in', LEASED_STATES),
    )
    .with(
      (table) => table('turns').materialized(),
      (query) =>
        query
          .selectFrom((jobs) =>
            jobs.selectFrom('jobs').select(PERSON.as('person')).distinct().where('state', '=', QUEUED).as('waiting'),
          )
          .select((each) => [
            'waiting.person',
            each
              .selectFrom('running')
              .select((running) => running.fn.countAll<number>().as('count'))
              .whereRef('running.person', '=', 'waiting.person')
              .as('running_jobs'),
            each
              .selectFrom('jobs')
              .select(sql<number>`coalesce(max(claimed_at), 0)`.as('last'))
              .where(PERSON, '=', each.ref('waiting.person'))
              .where('claimed_at', 'is not', null) // as in the index
              .as('claimed_at'),
          ]),
    );
}

/** The fields that a claim writes into a queued job, besides its counters. */
function claimChange({ worker, instance, mediaId, now }: JobClaim): JobChange {
  const claimed = { worker, instance, mediaId, startedAt: now, claimedAt: now };
  const change = transition('queued', { type: 'claimed', ...claimed });
  if (!change) throw new Error('a queued job cannot be claimed');
  return change;
}

import { sql, type RawBuilder } from 'kysely';
import type { AppDatabase, DatabaseKind } from '../../database/app-database.ts';
import { isDue } from './due-jobs.ts';
import { LEASED_STATES, transition } from '../job-lifecycle.ts';
import { jobTable, type JobRecord } from '../job-table.ts';

/** A worker's claim: which run of it takes a job, when, and the id of the item that it will make, unless the job has one that can be played already. */
export interface JobClaim extends Pick<JobRecord, 'mediaId'> {
  readonly worker: string;
  readonly instance: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Jobs of one host that may run at once; 0, or absent: any number. */
  readonly mostPerHost?: number;
  /** Hosts of which no job may start now. Default: none. */
  readonly heldHosts?: readonly string[];
  /** True for a trial during a pause of the queue. Default: false. */
  readonly isTrial?: boolean;
}

/** Held during a claim on PostgreSQL: without it, each of two simultaneous claims would count the running jobs without the other's. */
const LOCK = 'job claims';
const LEASED = sql.join(LEASED_STATES.map((state) => sql.lit(state)));
/** An interrupted job continues the item that people may be playing. A whole item is never continued. */
const HAS_PART = sql`EXISTS (SELECT 1 FROM media WHERE media.id = jobs.media_id AND media.state = 'playable')`;
const LAST_CLAIM = sql`coalesce(claimed_at, 0),`;
const IS_BACKGROUND = sql`CASE WHEN priority > 0 THEN 0 ELSE is_background END`;
const LOCK_ROW = sql`FOR UPDATE OF jobs SKIP LOCKED`;
const NOTHING = sql``;

/**
 * Claims the next job, within a transaction, in one statement: of the jobs whose time has come and whose host has room, without those in
 * the background as long as there is another (one whose page somebody has open is not in the background), one of the person with the
 * fewest running jobs; of several such people, of the one whose last job was claimed longest ago. Of that person's jobs: the one with
 * priority, else the one that was submitted first. In a trial, the one whose last claim is longest ago comes before both: a job that has
 * failed is due again at the next trial, and would take each of them. Jobs of nobody count as those of one person.
 *
 * @returns undefined when no job may start.
 */
export async function claimJob(database: AppDatabase, claim: JobClaim): Promise<JobRecord | undefined> {
  await database.lock(LOCK);
  const { rows } = await claimStatement(database.kind, claim).execute(jobTable.query(database));
  return rows.map(jobTable.read)[0];
}

/**
 * The statement, as the databases run it. `running`: the jobs that workers have; one that records a live source takes
 * no room of its host. `due`: the people with a job whose time has come.
 * `people`: those with one that may start, which is none in the background as long as there is another. `first`: the ones of them whose
 * turn it is, several where their turns are equal; only their jobs are compared. A job that is being cancelled is left out.
 */
function claimStatement(kind: DatabaseKind, claim: JobClaim): RawBuilder<unknown> {
  const { now, mostPerHost = 0, heldHosts = [], isTrial = false } = claim;
  const hostHasRoom = sql`AND host NOT IN (SELECT host FROM running WHERE host IS NOT NULL GROUP BY host HAVING count(*) >= ${mostPerHost})`;
  const hostIsFree = sql`AND host NOT IN (${sql.join(heldHosts)})`;
  const ofHosts = sql`${mostPerHost > 0 ? hostHasRoom : NOTHING} ${heldHosts.length > 0 ? hostIsFree : NOTHING}`;
  const canStart = sql`state = 'queued' AND ${isDue(now)} ${ofHosts}`;
  return sql`
    WITH running AS MATERIALIZED (
      SELECT CASE WHEN live_since IS NULL THEN host END AS host, coalesce(person_id, '') AS person
      FROM jobs WHERE state IN (${LEASED})
    ),
    due AS MATERIALIZED (
      SELECT DISTINCT coalesce(person_id, '') AS person, ${IS_BACKGROUND} AS in_background FROM jobs WHERE ${canStart}
    ),
    people AS (
      SELECT person FROM due WHERE in_background = (SELECT min(in_background) FROM due)
    ),
    turns AS MATERIALIZED (
      SELECT people.person, coalesce(busy.jobs, 0) AS running_jobs, (
        SELECT coalesce(max(claimed_at), 0) FROM jobs
        WHERE coalesce(person_id, '') = people.person AND claimed_at IS NOT NULL
      ) AS claimed_at
      FROM people
      LEFT JOIN (SELECT person, count(*) AS jobs FROM running GROUP BY person) AS busy ON busy.person = people.person
    ),
    first AS (
      SELECT person FROM turns
      WHERE (running_jobs, claimed_at) = (
        SELECT running_jobs, claimed_at FROM turns ORDER BY running_jobs, claimed_at LIMIT 1
      )
    ),
    next AS (
      SELECT number FROM jobs
      WHERE coalesce(person_id, '') IN (SELECT person FROM first) AND ${canStart}
        AND ${IS_BACKGROUND} = (SELECT min(in_background) FROM due)
      ORDER BY ${isTrial ? LAST_CLAIM : NOTHING} priority DESC, number
      LIMIT 1
      ${kind === 'postgres' ? LOCK_ROW : NOTHING}
    )
    UPDATE jobs SET ${claimChanges(claim)}, attempt = attempt + 1, fence = fence + 1
    WHERE number = (SELECT number FROM next)
    RETURNING *, ${jobTable.isInLibrary}`;
}

/** The fields that a claim writes into a queued job, besides its counters. */
function claimChanges({ worker, instance, mediaId, now }: JobClaim): RawBuilder<unknown> {
  const claimed = { worker, instance, mediaId, startedAt: now, claimedAt: now };
  const change = transition('queued', { type: 'claimed', ...claimed });
  if (!change) throw new Error('a queued job cannot be claimed');
  const values = Object.entries(jobTable.write(change)).filter(([name]) => name !== 'media_id');
  return sql.join([
    ...values.map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
    sql`media_id = CASE WHEN ${HAS_PART} THEN media_id ELSE ${mediaId} END`,
    sql`playable = CASE WHEN ${HAS_PART} THEN 1 ELSE 0 END`,
  ]);
}

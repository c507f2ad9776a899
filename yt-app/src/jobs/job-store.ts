import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { transition, type JobChange, type JobEvent } from './job-lifecycle.ts';
import type { JobPublisher } from './job-publisher.ts';
import { createJobReads, type JobReads } from './job-reads.ts';
import { createJobStatistics, type JobStatistics } from './job-statistics.ts';
import { jobTable, type JobRecord } from './job-table.ts';

type NewJobFields = 'id' | 'type' | 'url' | 'sourceKey' | 'quality' | 'mediaId' | 'createdAt';
export type NewJob = Pick<JobRecord, NewJobFields> & Partial<Pick<JobRecord, 'personId' | 'visibility'>>;

/** A worker's claim: which run of it takes a job, when, and the id of the item that it will make. */
export interface JobClaim extends Pick<JobRecord, 'mediaId'> {
  readonly worker: string;
  readonly instance: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The queue and the history of jobs. Every change is one transaction with its event, and on the disk when it resolves. */
export interface JobStore extends JobReads, JobStatistics {
  insert(job: NewJob): Promise<JobRecord>;
  /** Claims the job that has waited longest; its files get a new directory. Undefined when none waits. */
  claim(claim: JobClaim): Promise<JobRecord | undefined>;
  /**
   * Applies an event to a job that is still in the state and at the claim of the given record.
   *
   * @returns the job as it is now; undefined when the event may not come in that state, or the job has changed since: then
   * nothing is written.
   */
  apply(job: Pick<JobRecord, 'id' | 'state' | 'fence'>, event: JobEvent): Promise<JobRecord | undefined>;
}

export function createJobStore(database: AppDatabase, publisher: Pick<JobPublisher, 'append'>): JobStore {
  const query = () => jobTable.query(database);
  /** Makes a change, and stores its event with it. */
  const record = <Changed extends JobRecord | undefined>(change: () => Promise<Changed>): Promise<Changed> =>
    database.transaction(async () => {
      const changed = await change();
      if (changed) publisher.append(changed);
      return changed;
    });

  return {
    ...createJobReads(database),
    ...createJobStatistics(database),
    insert: (job) =>
      record(async () => {
        const values = jobTable.writeNew({ ...job, state: 'queued' });
        const insert = query().insertInto('jobs').values(values).returningAll().returning(jobTable.isInLibrary);
        return jobTable.read(await insert.executeTakeFirstOrThrow());
      }),
    claim: ({ worker, instance, mediaId, now }) =>
      record(() =>
        jobTable.readOne(
          query()
            .updateTable('jobs')
            .set(jobTable.write(claimChange({ worker, instance, mediaId, startedAt: now })))
            .set({ attempt: sql`attempt + 1`, fence: sql`fence + 1` })
            .where('number', '=', (oldest) =>
              oldest
                .selectFrom('jobs')
                .select('number')
                .where('state', '=', 'queued')
                .orderBy('number')
                .limit(1)
                .$if(database.kind === 'postgres', (row) => row.forUpdate().skipLocked()),
            )
            .returningAll()
            .returning(jobTable.isInLibrary),
        ),
      ),
    async apply({ id, state, fence }, event) {
      const change = transition(state, event);
      if (!change) return undefined;
      return record(() =>
        jobTable.readOne(
          query()
            .updateTable('jobs')
            .set(jobTable.write(change))
            .where('id', '=', id)
            .where('state', '=', state)
            .where('fence', '=', fence)
            .returningAll()
            .returning(jobTable.isInLibrary),
        ),
      );
    },
  };
}

/** The fields that a claim writes into a queued job, besides its counters. */
function claimChange(claim: Pick<JobRecord, 'worker' | 'instance' | 'mediaId' | 'startedAt'>): JobChange {
  const change = transition('queued', { type: 'claimed', ...claim });
  if (!change) throw new Error('a queued job cannot be claimed');
  return change;
}

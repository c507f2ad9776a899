import type { AppDatabase } from '../database/app-database.ts';
import { hostOf } from '../egress/source-url.ts';
import { claimJob, type JobClaim } from './job-claim.ts';
import { transition, type JobEvent } from './job-lifecycle.ts';
import type { JobPublisher } from './job-publisher.ts';
import { createJobReads, type JobReads } from './job-reads.ts';
import { createJobStatistics, type JobStatistics } from './job-statistics.ts';
import { jobTable, type JobRecord } from './job-table.ts';

type NewJobFields = 'id' | 'type' | 'url' | 'sourceKey' | 'quality' | 'mediaId' | 'createdAt';
export type NewJob = Pick<JobRecord, NewJobFields> & Partial<Pick<JobRecord, 'personId' | 'visibility' | 'notBefore'>>;

/** The queue and the history of jobs. Every change is one transaction with its event, and on the disk when it resolves. */
export interface JobStore extends JobReads, JobStatistics {
  insert(job: NewJob): Promise<JobRecord>;
  /** Claims the job whose turn it is (see `job-claim.ts`); its files get a new directory. Undefined when none may start. */
  claim(claim: JobClaim): Promise<JobRecord | undefined>;
  /**
   * Applies an event to a job that is still in the state and at the claim of the given record.
   *
   * @returns the job as it is now; undefined when the event may not come in that state, or the job has changed since: then
   * nothing is written.
   */
  apply(job: Pick<JobRecord, 'id' | 'state' | 'fence'>, event: JobEvent): Promise<JobRecord | undefined>;
  /** Sets the priority of a job while it is queued: 1 or 0. No event: nothing that is shown changes. */
  setPriority(id: string, priority: 0 | 1): Promise<void>;
  /** Takes the priority of all jobs away: nobody waits for them at the start of the API. */
  clearPriorities(): Promise<void>;
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
        const derived = { host: hostOf(new URL(job.url)), submittedAt: job.createdAt };
        const values = jobTable.writeNew({ ...job, ...derived, state: 'queued' });
        const insert = query().insertInto('jobs').values(values).returningAll().returning(jobTable.isInLibrary);
        return jobTable.read(await insert.executeTakeFirstOrThrow());
      }),
    claim: (claim) => record(() => claimJob(database, claim)),
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
    async setPriority(id, priority) {
      await query().updateTable('jobs').set({ priority }).where('id', '=', id).where('state', '=', 'queued').execute();
    },
    async clearPriorities() {
      await query().updateTable('jobs').set({ priority: 0 }).where('priority', '<>', 0).execute();
    },
  };
}

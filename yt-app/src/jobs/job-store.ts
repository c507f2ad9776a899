import type { AppDatabase } from '../database/app-database.ts';
import { hostOf } from '../egress/source-url.ts';
import { findHostRest, restJobs, type HostRest } from './claims/host-rest.ts';
import { claimJob, type JobClaim } from './claims/job-claim.ts';
import { transition, type JobEvent, type StoredEvent } from './job-lifecycle.ts';
import { createGroupStore, type GroupStore } from './groups/group-store.ts';
import type { JobPublisher } from './job-publisher.ts';
import { createJobReads, type JobReads } from './job-reads.ts';
import { createJobStatistics, type JobStatistics } from './job-statistics.ts';
import { jobTable, type JobRecord } from './job-table.ts';

type NewJobFields = 'id' | 'type' | 'url' | 'sourceKey' | 'quality' | 'mediaId' | 'createdAt';
type OptionalJobFields = 'personId' | 'visibility' | 'notBefore' | 'repairs' | 'fromItem' | 'title';
export type NewJob = Pick<JobRecord, NewJobFields> & Partial<Pick<JobRecord, OptionalJobFields>>;

/** The queue and the history of jobs. Every change is one transaction with its event, and on the disk when it resolves. */
export interface JobStore extends JobReads, JobStatistics {
  /** The parents of jobs. */
  readonly groups: GroupStore;
  insert(job: NewJob): Promise<JobRecord>;
  /** Claims the job whose turn it is (see `job-claim.ts`); unless it is playable, its files get a new directory. Undefined when none may start. */
  claim(claim: JobClaim): Promise<JobRecord | undefined>;
  /**
   * Applies an event to a job that is still in the state and at the claim of the given record.
   *
   * @returns the job as it is now; undefined when the event may not come in that state, or the job has changed since: then
   * nothing is written.
   */
  apply(job: Pick<JobRecord, 'id' | 'fence'> & JobBefore, event: JobEvent): Promise<JobRecord | undefined>;
  /** Gives a host a rest: its waiting jobs, and new ones, start no earlier. */
  rest(host: string, rest: HostRest): Promise<void>;
  /** Sets the priority of a job, or of the children of one, while it is queued: 1 or 0. No event: nothing that is shown changes. */
  setPriority(id: string, priority: 0 | 1): Promise<void>;
  /** Takes the priority of all jobs away: nobody waits for them at the start of the API. */
  clearPriorities(): Promise<void>;
}

/** A job before an event. */
type JobBefore = Pick<JobRecord, 'state' | 'isPlayable'>;
/** Called with each event that is committed, the job after it, and what it was before; null: it is new. */
export type JobListener = (job: JobRecord, event: StoredEvent, before: JobBefore | null) => void;

export function createJobStore(
  database: AppDatabase,
  publisher: Pick<JobPublisher, 'append' | 'appendGroup'>,
  onEvent: JobListener = () => undefined,
): JobStore {
  const query = () => jobTable.query(database);
  const announce = (job: JobRecord, event: StoredEvent, before: JobBefore | null): void =>
    database.afterCommit(() => onEvent(job, event, before));
  const onQueued = (job: JobRecord): void => announce(job, { type: 'queued' }, null);
  const onRested = (job: JobRecord, rest: HostRest): void => announce(job, { ...rest, type: 'rested' }, job);
  const onClaimed = (job: JobRecord): void => announce(job, { ...job, type: 'claimed' }, { ...job, state: 'queued' });
  const groups = createGroupStore(database, publisher, (child) => {
    publisher.append(child);
    onQueued(child);
  });
  /** Makes a change, and stores its event with it. */
  const record = <Changed extends JobRecord | undefined>(
    change: () => Promise<Changed>,
    onChanged?: (job: JobRecord) => void,
  ): Promise<Changed> =>
    database.transaction(async () => {
      const changed = await change();
      if (!changed) return changed;
      publisher.append(changed);
      if (changed.parentId) await groups.onChildChanged(changed.parentId);
      onChanged?.(changed);
      return changed;
    });

  return {
    groups,
    ...createJobReads(database),
    ...createJobStatistics(database),
    insert: (job) =>
      record(async () => {
        const values = await valuesOf(database, job);
        const insert = query().insertInto('jobs').values(values).returningAll().returning(jobTable.ofItem);
        return jobTable.read(await insert.executeTakeFirstOrThrow());
      }, onQueued),
    claim: (claim) => record(() => claimJob(database, claim), onClaimed),
    async apply({ id, state, fence, isPlayable }, event) {
      const change = transition(state, event);
      if (!change) return undefined;
      return record(async () => {
        const changed = await jobTable.readOne(
          query()
            .updateTable('jobs')
            .set(jobTable.write(change))
            .where('id', '=', id)
            .where('state', '=', state)
            .where('fence', '=', fence)
            .returningAll()
            .returning(jobTable.ofItem),
        );
        if (changed) announce(changed, event, { state, isPlayable });
        return changed;
      });
    },
    ...createRests({ database, publisher, groups, onRested }),
    ...createPriorities(database),
  };
}

/** The columns of a new job. It waits where its host rests. */
async function valuesOf(database: AppDatabase, job: NewJob): Promise<ReturnType<typeof jobTable.writeNew>> {
  const host = downloadsNothing(job) ? job.fromItem : hostOf(new URL(job.url)); // no limit of a host concerns it
  const rest = await findHostRest(database, host, Math.max(job.createdAt, job.notBefore ?? 0));
  return jobTable.writeNew({ ...job, ...rest, host, submittedAt: job.createdAt, state: 'queued' });
}

function downloadsNothing(job: NewJob): job is NewJob & { readonly fromItem: string } {
  return typeof job.fromItem === 'string' && job.type === 'audio';
}

interface RestOptions {
  readonly database: AppDatabase;
  readonly publisher: Pick<JobPublisher, 'append'>;
  readonly groups: Pick<GroupStore, 'onChildChanged'>;
  readonly onRested: (job: JobRecord, rest: HostRest) => void;
}

function createRests({ database, publisher, groups, onRested }: RestOptions): Pick<JobStore, 'rest'> {
  return {
    rest: (host, rest) =>
      database.transaction(async () => {
        const rested = await restJobs(database, host, rest);
        for (const job of rested) {
          publisher.append(job);
          onRested(job, rest);
        }
        const parents = new Set(rested.flatMap(({ parentId }) => parentId ?? []));
        for (const parent of parents) await groups.onChildChanged(parent);
      }),
  };
}

function createPriorities(database: AppDatabase): Pick<JobStore, 'setPriority' | 'clearPriorities'> {
  return {
    async setPriority(id, priority) {
      await jobTable
        .query(database)
        .updateTable('jobs')
        .set({ priority })
        .where((either) => either.or([either('id', '=', id), either('parent_id', '=', id)]))
        .where('state', '=', 'queued')
        .execute();
    },
    async clearPriorities() {
      await jobTable.query(database).updateTable('jobs').set({ priority: 0 }).where('priority', '<>', 0).execute();
    },
  };
}

import type { Job, JobRequest, Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { parseSourceUrl, sourceKey } from '../../egress/source-url.ts';
import { randomId } from '../../random-id.ts';
import { createIdempotencyStore, type IdempotencyKey } from './idempotency-store.ts';
import type { JobAdmission } from './job-admission.ts';
import type { JobLimits } from './job-limits.ts';
import type { JobPublisher } from '../job-publisher.ts';
import type { JobStore } from '../job-store.ts';
import type { JobRecord } from '../job-table.ts';

export interface SubmitOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  /** The requester; absent: nobody. */
  readonly personId?: string | null;
  /** The visibility of the job when the request has none; absent: the setting of the installation. */
  readonly visibility?: Visibility | null;
  readonly idempotencyKey?: string;
}

export interface JobSubmissionOptions {
  readonly store: Pick<JobStore, 'get' | 'findSame' | 'insert'>;
  readonly publisher: JobPublisher;
  /** Announces a queued job to the workers. */
  readonly queue: { wake(): void };
  readonly database: AppDatabase;
  readonly limits: Pick<JobLimits, 'require'>;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  /** The visibility of a person's job whose request has none. */
  readonly defaultVisibility: Visibility;
}

type Wanted = Pick<JobRecord, 'url' | 'sourceKey' | 'type' | 'quality' | 'personId' | 'visibility'> &
  Partial<Pick<JobRecord, 'fromItem' | 'title'>>;

/** Turns requests into jobs. */
export interface JobSubmission {
  submit(request: JobRequest, options: SubmitOptions): Promise<Job>;
  /** Submits what has been checked: the job that exists for it, or a new one. */
  submitWanted(wanted: Wanted): Promise<Job>;
  /** Rejects with a problem when a person may not have another job now. */
  admit(personId: string | null): Promise<void>;
  /** Announces a new job, and shows the job. */
  answer(found: FoundJob): Job;
  /** Announces a queued job to the workers. */
  enqueue(record: JobRecord): Job;
}

/** A job for a request: a new one, or the one that exists. */
export interface FoundJob {
  readonly record: JobRecord;
  readonly isNew: boolean;
}

export function createJobSubmission(options: JobSubmissionOptions, admission: JobAdmission): JobSubmission {
  const { store, publisher, queue, database, limits, allowPrivate, defaultVisibility } = options;
  const idempotencyKeys = createIdempotencyStore(database);

  const enqueue = (record: JobRecord): Job => {
    queue.wake();
    return publisher.view(record);
  };
  const answer = ({ record, isNew }: FoundJob): Job => (isNew ? enqueue(record) : publisher.view(record));
  const admit = async (personId: string | null): Promise<void> => {
    await admission.require();
    await limits.require(personId);
  };
  /** A job for the same source, unless it was recorded live, or its item was deleted or lost files since. */
  const findSame = async (wanted: Wanted): Promise<JobRecord | undefined> => {
    const same = await store.findSame(wanted);
    if (same?.state !== 'ready') return same;
    if (same.liveSince !== null) return undefined; // the source goes on, or broadcasts something else
    return same.isInLibrary && same.itemDamage?.cause !== 'storage' ? same : undefined;
  };
  const findOrInsert = async (wanted: Wanted): Promise<FoundJob> => {
    const same = await findSame(wanted);
    if (same) return { record: same, isNew: false };
    await admit(wanted.personId); // after the locks of key and link
    const job = { ...wanted, id: randomId(), mediaId: randomId(), createdAt: Date.now() };
    return { record: await store.insert(job), isNew: true };
  };
  /** Two equal requests at the same time get the same job; of two with the same key, one is first. */
  const findOrInsertWithKey = (wanted: Wanted, key: IdempotencyKey | undefined): Promise<FoundJob> =>
    database.transaction(async () => {
      if (key) await database.lock(`idempotency key ${key.caller} ${key.key}`); // always before that of the link
      await database.lock(`job ${wanted.sourceKey}`);
      const known = key && (await idempotencyKeys.find(key, wanted));
      const record = known === undefined ? undefined : await store.get(known);
      const isTheirs = record?.visibility === 'everyone' || record?.personId === wanted.personId;
      if (record && isTheirs) return { record, isNew: false }; // else it is private since
      const found = await findOrInsert(wanted);
      if (key) await idempotencyKeys.remember(key, wanted, found.record.id);
      return found;
    });

  return {
    enqueue,
    admit,
    answer,
    submitWanted: async (wanted) => answer(await findOrInsertWithKey(wanted, undefined)),
    async submit(request, { caller, personId = null, visibility: preferred, idempotencyKey: key }) {
      const { url, type, quality = 'best', visibility = preferred ?? defaultVisibility } = request;
      const source = parseSourceUrl(url, allowPrivate);
      const wanted: Wanted = {
        ...{ type, quality, personId, url: source.href, sourceKey: sourceKey(source) },
        visibility: personId === null ? 'everyone' : visibility,
      };
      return answer(await findOrInsertWithKey(wanted, key === undefined ? undefined : { caller, key }));
    },
  };
}

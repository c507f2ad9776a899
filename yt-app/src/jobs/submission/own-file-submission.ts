import { ownFileUrl, type Job, type MediaType, type Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { randomId } from '../../random-id.ts';
import type { JobPublisher } from '../job-publisher.ts';
import type { JobStore } from '../job-store.ts';
import type { JobRecord } from '../job-table.ts';

/** A whole file that a person gave. */
export interface OwnFileRequest {
  readonly id: string;
  readonly title: string;
  readonly type: MediaType;
  readonly personId: string;
  /** Null: the setting of the installation. */
  readonly visibility: Visibility | null;
}

/** The jobs of own files: one of each. */
export interface OwnFileJobs {
  /** Stores the job of a file, or finds the one that it has. Limits have been checked before the file came. */
  submitOwnFile(file: OwnFileRequest): Promise<Job>;
  ofOwnFile(id: string): Promise<Job | undefined>;
}

export interface OwnFileJobsOptions {
  readonly store: Pick<JobStore, 'ofOwnFile' | 'insert'>;
  readonly database: AppDatabase;
  readonly publisher: Pick<JobPublisher, 'view'>;
  readonly defaultVisibility: Visibility;
  /** Announces a queued job to the workers. */
  readonly enqueue: (record: JobRecord) => Job;
}

export function createOwnFileJobs(options: OwnFileJobsOptions): OwnFileJobs {
  const { store, database, publisher, defaultVisibility, enqueue } = options;

  return {
    async submitOwnFile({ id, title, type, personId, visibility }) {
      const url = ownFileUrl(id);
      const record = await database.transaction(async () => {
        await database.lock(`job ${url}`);
        const known = await store.ofOwnFile(url);
        if (known) return known;
        return store.insert({
          ...{ id: randomId(), mediaId: randomId(), createdAt: Date.now(), url, sourceKey: url, quality: 'best' },
          ...{ title, type, personId, visibility: visibility ?? defaultVisibility },
        });
      });
      return enqueue(record);
    },
    async ofOwnFile(id) {
      const record = await store.ofOwnFile(ownFileUrl(id));
      return record && publisher.view(record);
    },
  };
}

import type { DiskReserve, Logger } from '@linkcast/kit';
import type { YtAppConfig } from './config.ts';
import type { AppDatabase } from './database/app-database.ts';
import type { Events } from './events/events.ts';
import type { JobPublisher } from './jobs/job-publisher.ts';
import { createJobService, type JobService } from './jobs/job-service.ts';
import type { JobStore } from './jobs/job-store.ts';
import { createJobAdmission } from './jobs/submission/job-admission.ts';
import type { JobLimits } from './jobs/submission/job-limits.ts';
import type { ItemStore } from './library/items/item-store.ts';
import type { StorageGuard } from './pipeline/limits/storage-guard.ts';
import { createUploads, type Uploads } from './uploads/uploads.ts';
import type { WorkParts } from './work/work.ts';

export interface IntakeOptions {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly database: AppDatabase;
  readonly reserve: DiskReserve | undefined;
  readonly store: JobStore;
  readonly publisher: JobPublisher;
  readonly events: Events;
  readonly limits: JobLimits;
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly work: WorkParts;
  readonly storage: StorageGuard;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
}

/** Takes what people send: links and files become jobs. */
export interface Intake {
  readonly jobs: JobService;
  readonly uploads: Uploads;
}

export function createIntake(options: IntakeOptions): Intake {
  const { config, events, work, reserve } = options;
  const accepted = {
    ...options,
    canDownload: () => work.workers.canDownload(),
    hasRoom: async () => (await reserve?.restore()) ?? true,
  };
  const jobs = createJobService({
    ...{ ...work, ...accepted, feed: events.feed },
    ...{ allowPrivate: config.ALLOW_PRIVATE_SOURCES, defaultVisibility: config.VISIBILITY },
  });
  const uploads = createUploads({
    ...{ ...options, jobs, mediaDir: config.MEDIA_DIR, maxBytes: config.MAX_SIZE },
    ...{ admission: createJobAdmission(accepted), reservedBytes: () => work.reservations.outstandingBytes() },
  });
  return { jobs, uploads };
}

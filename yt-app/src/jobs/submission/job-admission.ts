import { Problem } from '@linkcast/contracts';
import type { JobStore } from '../job-store.ts';

/** Decides whether a new job is accepted now. */
export interface JobAdmission {
  /**
   * Rejects with a {@link Problem}: `media-missing`, `storage-full`, `downloader-unavailable`, `queue-full`.
   *
   * @param count jobs that are to be queued. Default 1.
   */
  require(count?: number): Promise<void>;
}

export interface JobAdmissionOptions {
  readonly store: Pick<JobStore, 'areQueued' | 'secondsBetweenStarts'>;
  /** Reports whether a worker could run a job: false when none has an accepted downloader. */
  readonly canDownload: () => boolean;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
  /** Reports whether the disk of the database has room: without, only what frees space is written. Default: it has. */
  readonly hasRoom?: () => Promise<boolean>;
}

/** The period of the checks of the media volume, rounded up. */
const MEDIA_MISSING_SECONDS = 10;
const MAX_QUEUED = 1000;
/** The queue has room when the next job starts: after the average gap of the last starts, within these limits. */
const FULL_SECONDS = { least: 5, most: 600, unknown: 60 } as const;

export function createJobAdmission({ store, canDownload, isMediaPresent, hasRoom }: JobAdmissionOptions): JobAdmission {
  return {
    async require(count = 1) {
      if (!isMediaPresent()) throw new Problem('media-missing', { retryAfterSeconds: MEDIA_MISSING_SECONDS });
      if ((await hasRoom?.()) === false) throw new Problem('storage-full');
      if (!canDownload()) throw new Problem('downloader-unavailable');
      if (count <= MAX_QUEUED && !(await store.areQueued(MAX_QUEUED - count + 1))) return;
      const gapSeconds = (await store.secondsBetweenStarts()) ?? FULL_SECONDS.unknown;
      const retryAfterSeconds = Math.min(FULL_SECONDS.most, Math.max(FULL_SECONDS.least, gapSeconds));
      throw new Problem('queue-full', { retryAfterSeconds });
    },
  };
}

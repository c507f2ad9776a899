import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Library } from '../library/library.ts';
import type { MediaStore } from '../library/media-store.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStore } from './job-store.ts';

/** A job that was running when the process died runs again; after so many attempts it has failed. */
const MAX_ATTEMPTS = 3;

export interface JobRecoveryOptions {
  readonly store: JobStore;
  readonly media: MediaStore;
  readonly library: Library;
  readonly mediaDir: string;
  readonly logger: Logger;
}

/**
 * Puts things right after a crash or a power cut, once, before any job runs: half-made items vanish, finished ones that
 * only lack their row are completed, and every interrupted job is queued again or has failed.
 */
export async function recoverJobs({ store, media, library, mediaDir, logger }: JobRecoveryOptions): Promise<void> {
  const interrupted = store.interrupted();
  for (const job of interrupted) if (media.get(job.mediaId)?.state === 'playable') media.remove(job.mediaId);
  await rm(path.join(mediaDir, '.work'), { recursive: true, force: true });
  const unfinished = new Set(store.unfinishedMediaIds());
  const hasJobs = Object.keys(store.counts()).length > 0;
  await library.recover({ unfinished, isDatabaseNew: !hasJobs && media.ids().length === 0 });
  for (const job of interrupted) {
    const { state } = settle(job, { store, media });
    logger.warn({ jobId: job.id, attempt: job.attempt, state }, 'an interrupted job was found');
  }
}

function settle(job: JobRecord, { store, media }: Pick<JobRecoveryOptions, 'store' | 'media'>): JobRecord {
  const item = media.get(job.mediaId);
  if (item)
    return store.change(job.id, {
      state: 'ready',
      isPlayable: true,
      handling: item.handling,
      bytes: item.bytes,
      finishedAt: Date.now(),
    });
  const afresh = { isPlayable: false, playableAt: null, handling: null } as const;
  if (job.attempt < MAX_ATTEMPTS) return store.change(job.id, { ...afresh, state: 'queued', startedAt: null });
  return store.change(job.id, {
    ...afresh,
    state: 'failed',
    problem: new Problem('attempts-exhausted').toDocument(),
    finishedAt: Date.now(),
  });
}

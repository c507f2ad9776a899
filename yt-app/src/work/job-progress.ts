import path from 'node:path';
import { Problem, type ItemFacts, type SourceFacts } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { mayHappen } from '../jobs/job-lifecycle.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import { requireItemFiles } from '../library/files/item-files.ts';
import { writeMediaJson } from '../library/files/media-json.ts';
import type { LibraryItem } from '../library/items/item-table.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { JobEvents } from './job-events.ts';

/** Applies the reports by which a worker brings a job forward. Each function rejects with `lease-lost` when the job's state does not allow it. */
export interface JobProgress {
  /** @returns false when the library has the item already: the job is then ready with that one. */
  resolved(job: JobRecord, facts: SourceFacts): Promise<boolean>;
  playable(job: JobRecord, facts: ItemFacts): Promise<void>;
  /** Rejects with verification-failed when files of the item are missing. */
  completed(job: JobRecord, facts: ItemFacts): Promise<void>;
}

export interface JobProgressOptions {
  readonly store: JobStore;
  readonly items: ItemStore;
  readonly database: AppDatabase;
  readonly jobEvents: JobEvents;
  readonly mediaDir: string;
  readonly logger: Logger;
  /** Called after a new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
}

export function createJobProgress(options: JobProgressOptions): JobProgress {
  const { items, jobEvents, logger } = options;

  return {
    async resolved(job, { title, extractor, sourceId }) {
      const resolved = await jobEvents.apply(job, { type: 'resolved', title, extractor, sourceId });
      const source = { extractor, sourceId };
      const found = await options.store.findTwin(resolved, source);
      if (!found) return true;
      return options.database.transaction(async () => {
        await items.lock(found.mediaId); // until the job has it, the item stays as it is
        const twin = await options.store.findTwin(resolved, source);
        if (twin?.mediaId !== found.mediaId) return true;
        const { mediaId, handling, bytes } = twin;
        const now = Date.now();
        const item = { mediaId, handling, bytes, isPlayable: true, playableAt: now, finishedAt: now };
        await jobEvents.apply(resolved, { type: 'adopted', ...item });
        return false;
      });
    },
    async playable(job, facts) {
      const { handling } = facts;
      await options.database.transaction(async () => {
        await items.save(libraryItem(job, facts, 'playable')); // first: the job's event has the links of the item
        await jobEvents.apply(job, { type: 'playable', isPlayable: true, playableAt: Date.now(), handling });
      });
      logger.info({ jobId: job.id, mediaId: job.mediaId }, 'playable');
    },
    async completed(job, facts) {
      if (!mayHappen('completed', job.state)) throw new Problem('lease-lost');
      const directory = path.join(options.mediaDir, job.mediaId);
      await requireItemFiles(directory, facts);
      const item = libraryItem(job, facts, 'ready');
      await writeMediaJson(directory, item);
      const { handling, bytes } = facts;
      await options.database.transaction(async () => {
        await items.save(item); // first: the job's event has the links of the item
        await jobEvents.apply(job, { type: 'completed', isPlayable: true, handling, bytes, finishedAt: Date.now() });
      });
      logger.info({ jobId: job.id, mediaId: job.mediaId, bytes, handling }, 'ready');
      if (job.type === 'audio') options.onAudioReady(job.mediaId);
    },
  };
}

function libraryItem(job: JobRecord, facts: ItemFacts, state: LibraryItem['state']): LibraryItem {
  return {
    ...facts,
    state,
    id: job.mediaId,
    type: job.type,
    sourceUrl: job.url,
    sourceKey: job.sourceKey,
    jobId: job.id,
    personId: job.personId,
    visibility: job.visibility,
    createdAt: job.createdAt,
    deletedAt: null,
  };
}

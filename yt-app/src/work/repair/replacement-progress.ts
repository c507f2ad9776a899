import { Problem, type ItemFacts } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import { mayHappen } from '../../jobs/job-lifecycle.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { ItemRecord } from '../../library/items/item-table.ts';
import type { ReplaceItemFiles } from '../../library/scrub/repair.ts';
import type { JobEvents } from '../reports/job-events.ts';
import type { JobProgress } from '../reports/job-progress.ts';
import type { UnfinishedItems } from '../reports/unfinished-items.ts';

export interface ReplacementProgressOptions {
  readonly items: Pick<ItemStore, 'getListed' | 'markDecoded' | 'save'>;
  /** The item that gets the files of a job. */
  readonly itemOf: (job: JobRecord) => string | null;
  /** Reports whether the item needs the files. */
  readonly isWanted: (item: ItemRecord) => boolean;
  readonly replace: ReplaceItemFiles;
  readonly unfinished: Pick<UnfinishedItems, 'discard'>;
  readonly database: AppDatabase;
  readonly jobEvents: JobEvents;
  readonly logger: Logger;
}

/**
 * Applies the reports about a job whose files an item gets: of one that downloads a damaged item again, or adds to an item. The new files are
 * nobody's until the item has them.
 */
export function createReplacementProgress(options: ReplacementProgressOptions): JobProgress {
  const { items, itemOf, unfinished, database, jobEvents, logger } = options;

  const isWanted = async (job: JobRecord): Promise<boolean> => {
    const item = await items.getListed(itemOf(job) ?? '');
    return item !== undefined && options.isWanted(item);
  };
  const cancel = (job: JobRecord): Promise<JobRecord> =>
    jobEvents.apply(job, { type: 'cancelled', finishedAt: Date.now() });
  /** @returns false when the item needs no new files any more. */
  const replace = async (job: JobRecord, facts: ItemFacts): Promise<boolean> => {
    const { handling, bytes } = facts;
    return options.replace(itemOf(job) ?? '', { mediaId: job.mediaId, facts }, async (item) => {
      await database.transaction(async () => {
        await items.save(item); // first: the job's event has the links of the item
        await items.markDecoded(item.id, 0); // its files are new
        const now = Date.now();
        const ended = { isPlayable: true, playableAt: now, finishedAt: now };
        await jobEvents.apply(job, { type: 'repaired', mediaId: item.id, handling, bytes, ...ended });
      });
    });
  };

  return {
    async resolved(job, { title, extractor, sourceId }, tried) {
      if (job.state === 'downloading') return true; // the answer to the first report was lost
      const source = { title, extractor, sourceId, tried, liveSince: null };
      const resolved = await jobEvents.apply(job, { type: 'resolved', ...source });
      const isNeeded = await isWanted(job);
      if (isNeeded) await jobEvents.apply(resolved, { type: 'downloading' });
      else await cancel(resolved);
      return isNeeded;
    },
    playable: () => Promise.resolve(),
    async completed(job, facts) {
      if (!mayHappen('repaired', job.state)) throw new Problem('lease-lost');
      const { id: jobId, mediaId } = job;
      if (await replace(job, facts)) logger.info({ jobId, mediaId: itemOf(job) }, 'item has new files');
      else await cancel(job);
      unfinished.discard({ mediaId });
    },
  };
}

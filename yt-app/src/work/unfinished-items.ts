import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';

/** The items of jobs that have not ended, and their files. */
export interface UnfinishedItems {
  /**
   * Removes the item of a job that ends from the library, while it is only playable; within a transaction. Its files follow when
   * that is committed.
   */
  remove(job: Pick<JobRecord, 'id' | 'mediaId'>): Promise<void>;
  /** Discards the files of the item, unless it is in the library, and the work folders that no job needs. */
  discard(job: Pick<JobRecord, 'id' | 'mediaId'>): void;
}

export interface UnfinishedItemsOptions {
  readonly items: Pick<ItemStore, 'get' | 'remove'>;
  readonly library: Pick<Library, 'discardUnfinished'>;
  readonly database: AppDatabase;
  readonly sweepWork: () => Promise<void>;
  readonly logger: Logger;
}

export function createUnfinishedItems(options: UnfinishedItemsOptions): UnfinishedItems {
  const { items, library, database, sweepWork, logger } = options;
  const discardFiles = async (mediaId: string): Promise<void> => {
    await library.discardUnfinished(mediaId);
    await sweepWork();
  };
  const discard: UnfinishedItems['discard'] = ({ id, mediaId }) =>
    void discardFiles(mediaId).catch((error: unknown) =>
      logger.error({ jobId: id, err: error }, 'unfinished files not discarded'),
    );

  return {
    async remove({ id, mediaId }) {
      if ((await items.get(mediaId))?.state === 'playable') await items.remove(mediaId);
      database.afterCommit(() => discard({ id, mediaId }));
    },
    discard,
  };
}

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
  remove(job: Pick<JobRecord, 'mediaId'>): Promise<void>;
  /** Discards the files of the item, unless it is in the library, and the work folders that no job needs. */
  discard(job: Pick<JobRecord, 'mediaId'>): void;
  /** Discards what could not be reached before: the media volume was missing, or its disk was read-only. */
  discardRemaining(): void;
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
  /** Ids of items whose files are not discarded yet. An id is never that of a later item. */
  const remaining = new Set<string>();
  const attempt = (facts: object, run: () => Promise<void>): Promise<void> =>
    run().catch((error: unknown) => logger.error({ ...facts, err: error }, 'unfinished files not discarded'));
  const discardItem = async (mediaId: string): Promise<void> => {
    if (await library.discardUnfinished(mediaId)) remaining.delete(mediaId);
  };
  /** An item that cannot be discarded keeps none of the others. */
  const discardAll = async (): Promise<void> => {
    for (const mediaId of remaining) await attempt({ mediaId }, () => discardItem(mediaId));
    await attempt({}, sweepWork);
  };
  const discard: UnfinishedItems['discard'] = ({ mediaId }) => {
    remaining.add(mediaId);
    void discardAll();
  };

  return {
    async remove({ mediaId }) {
      if ((await items.get(mediaId))?.state === 'playable') await items.remove(mediaId);
      database.afterCommit(() => discard({ mediaId }));
    },
    discard,
    discardRemaining: () => void discardAll(),
  };
}

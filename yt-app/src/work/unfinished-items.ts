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
  const discardFiles = async (): Promise<void> => {
    for (const mediaId of remaining) if (await library.discardUnfinished(mediaId)) remaining.delete(mediaId);
    await sweepWork();
  };
  const discardAll = (facts: { readonly jobId?: string }): void =>
    void discardFiles().catch((error: unknown) =>
      logger.error({ ...facts, err: error }, 'unfinished files not discarded'),
    );
  const discard: UnfinishedItems['discard'] = ({ id, mediaId }) => {
    remaining.add(mediaId);
    discardAll({ jobId: id });
  };

  return {
    async remove({ id, mediaId }) {
      if ((await items.get(mediaId))?.state === 'playable') await items.remove(mediaId);
      database.afterCommit(() => discard({ id, mediaId }));
    },
    discard,
    discardRemaining: () => discardAll({}),
  };
}

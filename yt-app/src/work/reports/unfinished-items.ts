import { backOffMs, type BackOff } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { Library } from '../../library/library.ts';

/** The items of jobs that have not ended, and their files. */
export interface UnfinishedItems {
  /**
   * Removes the item of a job that ends from the library, while it is only playable; within a transaction. Its files follow after that, also
   * when nobody knows whether it was committed.
   */
  remove(job: Pick<JobRecord, 'mediaId'>): Promise<void>;
  /**
   * Discards the files of the item, unless it is in the library or a worker is making it, and the work folders that no job needs. While that
   * fails, it is tried again.
   */
  discard(job: Pick<JobRecord, 'mediaId'>): void;
  /** Discards what could not be reached before: the media volume was missing, or its disk was read-only. */
  discardRemaining(): void;
  /** Forgets what could not be discarded. */
  stop(): void;
}

export interface UnfinishedItemsOptions {
  readonly items: Pick<ItemStore, 'get' | 'remove'>;
  readonly store: Pick<JobStore, 'leased'>;
  readonly library: Pick<Library, 'discardUnfinished'>;
  readonly database: AppDatabase;
  readonly sweepWork: () => Promise<void>;
  readonly logger: Logger;
  /** Pauses between two tries. Default: 5 s, doubled up to 10 minutes. */
  readonly backOff?: BackOff;
}

const BACK_OFF: BackOff = { firstMs: 5000, mostMs: 600_000 };

export function createUnfinishedItems(options: UnfinishedItemsOptions): UnfinishedItems {
  const { items, store, library, database, sweepWork, logger, backOff = BACK_OFF } = options;
  /** Ids of items whose files are not discarded yet. An id is never that of a later item. */
  const remaining = new Set<string>();
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  /** @returns false when it failed: the database cannot be reached, or the disk is read-only. */
  const attempt = (facts: object, run: () => Promise<void>): Promise<boolean> =>
    run().then(
      () => true,
      (error: unknown) => {
        logger.error({ ...facts, err: error }, 'unfinished files not discarded');
        return false;
      },
    );
  const discardItem = async (mediaId: string): Promise<void> => {
    const isMade = (await store.leased()).some((job) => job.mediaId === mediaId); // the end of the job was not committed
    if (isMade || (await library.discardUnfinished(mediaId))) remaining.delete(mediaId);
  };
  /** An item that cannot be discarded keeps none of the others. */
  const discardAll = async (): Promise<void> => {
    let isDone = true;
    for (const mediaId of remaining) isDone = (await attempt({ mediaId }, () => discardItem(mediaId))) && isDone;
    isDone = (await attempt({}, sweepWork)) && isDone;
    failures = isDone ? 0 : failures + 1;
    clearTimeout(retry);
    if (!isDone) retry = setTimeout(() => void discardAll(), backOffMs(failures, backOff)).unref();
  };
  const discard: UnfinishedItems['discard'] = ({ mediaId }) => {
    remaining.add(mediaId);
    void discardAll();
  };

  return {
    async remove({ mediaId }) {
      if ((await items.get(mediaId))?.state === 'playable') await items.remove(mediaId);
      database.afterTransaction(() => discard({ mediaId }));
    },
    discard,
    discardRemaining: () => void discardAll(),
    stop() {
      remaining.clear();
      clearTimeout(retry);
    },
  };
}

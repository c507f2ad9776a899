import type { Logger } from '@linkcast/kit';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Trash } from '../library/trash/trash.ts';
import type { CandidateStore } from './candidate-store.ts';
import { protectedUntil } from './retention-decision.ts';

/** Empties the trash before its time when space is short. */
export interface TrashRelief {
  /**
   * Purges the oldest items until so many bytes are freed. Items that somebody plays, that are shared or kept, and those of the last
   * minutes stay.
   *
   * @returns the freed bytes.
   * @throws {Problem} `media-missing`.
   */
  free(bytes: number): Promise<number>;
}

export interface TrashReliefOptions {
  readonly items: Pick<ItemStore, 'listDeletedBefore'>;
  readonly trash: Pick<Trash, 'purgeUnchanged'>;
  readonly candidates: Pick<CandidateStore, 'one'>;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** A deletion can be undone for so long, however short the space is. */
const UNDO_MS = 300_000;
/** Items of the trash that are examined in one run. */
const MOST = 1000;

export function createTrashRelief({ items, trash, candidates, logger, clock }: TrashReliefOptions): TrashRelief {
  const mayGo = async (id: string): Promise<boolean> => {
    const item = await candidates.one(id);
    return item !== undefined && !item.isKept && protectedUntil(item) <= clock();
  };

  return {
    async free(bytes) {
      let freed = 0;
      for (const record of await items.listDeletedBefore(clock() - UNDO_MS, MOST)) {
        if (freed >= bytes) break;
        if (!(await mayGo(record.id)) || (await trash.purgeUnchanged([record])) === 0) continue;
        freed += record.bytes;
        logger.info({ mediaId: record.id, bytes: record.bytes }, 'trash purged: space is short');
      }
      return freed;
    },
  };
}

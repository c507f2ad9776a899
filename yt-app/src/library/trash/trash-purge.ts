import { isDiskFull, type Logger } from '@linkcast/kit';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord } from '../items/item-table.ts';

export interface TrashPurgeOptions {
  readonly store: Pick<ItemStore, 'get' | 'remove' | 'purge'>;
  /** Deletes the directory of an item. */
  readonly discard: (id: string) => Promise<void>;
  /** Frees the bytes of discarded directories now. */
  readonly sweep: () => Promise<void>;
  /** Runs while no other change of the library does. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** Rejects with `media-missing`. */
  readonly requireVolume: () => Promise<void>;
  readonly logger: Logger;
}

/** Deletes items and their files for good. */
export interface TrashPurge {
  /** Purges for a person, within the caller's exclusive change. @throws {Problem} `media-missing`. */
  readonly purgeNow: (id: string) => Promise<void>;
  /** Purges items that are still in the trash as they were read: another call may have restored or purged some. @returns their number. */
  readonly purgeAll: (records: readonly ItemRecord[]) => Promise<number>;
  /** The same for items whose time is over: nobody has done it. */
  readonly purgeExpired: (records: readonly ItemRecord[]) => Promise<number>;
}

export function createTrashPurge(options: TrashPurgeOptions): TrashPurge {
  const { store, discard, exclusively, requireVolume, logger } = options;

  const purgeBy = async (id: string, removal: Removal): Promise<void> => {
    await requireVolume();
    await discard(id); // before the row: after a crash in between, recovery drops the row
    await removeRow(id, removal, options);
    logger.info({ mediaId: id }, 'media deleted');
  };
  const purgeEach = async (records: readonly ItemRecord[], removal: Removal): Promise<number> => {
    let purged = 0;
    for (const { id, deletedAt } of records)
      await exclusively(async () => {
        if ((await store.get(id))?.deletedAt !== deletedAt) return;
        await purgeBy(id, removal);
        purged += 1;
      });
    return purged;
  };

  return {
    purgeNow: (id) => purgeBy(id, 'purge'),
    purgeAll: (records) => purgeEach(records, 'purge'),
    purgeExpired: (records) => purgeEach(records, 'remove'),
  };
}

/** The function of the store that removes the row: `purge` has an entry in the activity log. */
type Removal = 'purge' | 'remove';

/** On a full disk, the bytes of the files make room for the change of the row. */
async function removeRow(
  id: string,
  removal: Removal,
  { store, sweep }: Pick<TrashPurgeOptions, 'store' | 'sweep'>,
): Promise<void> {
  try {
    await store[removal](id);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    await sweep();
    await store[removal](id);
  }
}

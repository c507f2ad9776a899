import { Problem, type Media, type Viewer } from '@linkcast/contracts';
import type { ItemDirectories } from '../files/item-directories.ts';
import { writeMediaJson } from '../files/media-json.ts';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord } from '../items/item-table.ts';
import { itemView } from '../items/item-view.ts';
import { createTrashPurge, type TrashPurgeOptions } from './trash-purge.ts';
import { createTrashReading, needDeleted, type TrashReading } from './trash-reading.ts';

/** The deleted items that can still be restored. Their files stay where they are; only those who may restore an item can read them. */
export interface Trash extends TrashReading {
  /**
   * Moves an item to the trash. Resolves when it is not in the library any more.
   *
   * @throws {Problem} `not-found`; `conflict` while the item's job has not ended: cancel the job; `media-missing`.
   */
  add(id: string): Promise<void>;
  /**
   * Moves an item to the trash if a condition holds in the transaction of the move.
   *
   * @returns false when the condition does not hold, or the library has no such item that is ready.
   * @throws {Problem} `media-missing`.
   */
  addIf(id: string, mayGo: () => Promise<boolean>): Promise<boolean>;
  /** Moves an item back to the library. @throws {Problem} `not-found`; `media-missing`. */
  restore(id: string): Promise<Media>;
  /** Deletes an item and its files for good. @throws {Problem} `not-found`; `media-missing`. */
  purge(id: string): Promise<void>;
  /** Purges all items that a viewer may restore. @returns their number. @throws {Problem} `media-missing`. */
  empty(viewer: Viewer): Promise<number>;
  /** Purges items that are still in the trash as they were read. @returns their number. @throws {Problem} `media-missing`. */
  purgeUnchanged(records: readonly ItemRecord[]): Promise<number>;
  /**
   * Purges items that were deleted before a time (milliseconds since 1970).
   *
   * @param limit the most that are purged.
   * @returns their number.
   * @throws {Problem} `media-missing`.
   */
  purgeDeletedBefore(time: number, limit: number): Promise<number>;
}

export interface TrashOptions extends TrashPurgeOptions {
  readonly store: ItemStore;
  readonly directories: Pick<ItemDirectories, 'of' | 'exists'>;
  /** Rejects with `not-found` or `conflict`. */
  readonly needReady: (id: string) => Promise<ItemRecord>;
  readonly clock: () => number;
}

const PAGE = 100;

export function createTrash(options: TrashOptions): Trash {
  const { store, directories, exclusively, needReady, requireVolume, logger, clock } = options;

  const { purgeNow, purgeAll, purgeExpired } = createTrashPurge(options);

  return {
    purge: (id) =>
      exclusively(async () => {
        await needDeleted(store, id);
        await purgeNow(id);
      }),
    add: (id) =>
      exclusively(async () => {
        const record = await needReady(id);
        await requireVolume();
        const deletedAt = clock();
        await store.setDeleted(id, deletedAt);
        await writeFacts({ ...record, deletedAt }, options);
        logger.info({ mediaId: id }, 'media moved to trash');
      }),
    addIf: (id, mayGo) =>
      exclusively(async () => {
        const record = await store.getListed(id);
        if (record?.state !== 'ready') return false;
        await requireVolume();
        const deletedAt = clock();
        if (!(await store.setDeletedIf(id, deletedAt, mayGo))) return false;
        await writeFacts({ ...record, deletedAt }, options);
        return true;
      }),
    purgeUnchanged: purgeAll,
    ...createTrashReading(store),
    restore: (id) =>
      exclusively(async () => {
        const record = await needDeleted(store, id);
        await requireVolume();
        if (!(await directories.exists(id))) {
          await store.remove(id); // a purge had deleted the files, and then failed
          throw new Problem('not-found');
        }
        await writeMediaJson(directories.of(id), { ...record, deletedAt: null }); // first: recovery would delete it again
        const restored = await store.setDeleted(id, null);
        if (!restored) throw new Problem('not-found');
        logger.info({ mediaId: id }, 'media restored');
        return itemView(restored);
      }),
    async empty(viewer) {
      let purged = 0;
      for (let isMore = true; isMore;) {
        const { records, nextCursor } = await store.listTrash({ limit: PAGE }, viewer);
        purged += await purgeAll(records);
        isMore = nextCursor !== null && records.length > 0;
      }
      return purged;
    },
    purgeDeletedBefore: async (time, limit) => purgeExpired(await store.listDeletedBefore(time, limit)),
  };
}

/** The row decides. The file is for a library whose database was lost, and a full disk must not prevent deleting. */
function writeFacts(record: ItemRecord, { directories, logger }: TrashOptions): Promise<void> {
  return writeMediaJson(directories.of(record.id), record).catch((error: unknown) =>
    logger.warn({ mediaId: record.id, err: error }, 'media.json not written'),
  );
}

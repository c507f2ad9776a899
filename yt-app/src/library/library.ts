import { Problem, type Media, type MediaQuery } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import PQueue from 'p-queue';
import { createItemDirectories } from './files/item-directories.ts';
import { writeMediaJson } from './files/media-json.ts';
import type { ItemRecord } from './items/item-table.ts';
import { itemView } from './items/item-view.ts';
import type { ItemStore } from './items/item-store.ts';
import { recoverLibrary, type Recovery } from './recovery/library-recovery.ts';
import type { RecoveryClaims } from './recovery/recovery-claims.ts';
import type { LibraryVolume } from './volume/library-volume.ts';

/** A page of the library. */
export interface MediaPage {
  readonly media: Media[];
  readonly nextCursor: string | null;
}

export interface Library {
  /** Rejects with `not-found`. */
  get(id: string): Promise<Media>;
  list(query: MediaQuery): Promise<MediaPage>;
  /** @throws {Problem} `not-found`; `conflict` while the item's job has not ended; `media-missing`. */
  rename(id: string, title: string): Promise<Media>;
  /**
   * Resolves when the item and its files can no longer be read.
   *
   * @throws {Problem} `not-found`; `conflict` while the item's job has not ended: cancel the job; `media-missing`.
   */
  delete(id: string): Promise<void>;
  /**
   * Makes rows and directories agree, beside the other calls, and before any job runs. Rejects when the media volume
   * disappears or the signal is aborted; it may then run again.
   */
  recover(claims: RecoveryClaims, signal: AbortSignal): Promise<Recovery>;
  /** The result of the recovery; undefined before it has run. */
  recovery(): Recovery | undefined;
  /** Discards the files of an item that no worker will finish. */
  discardUnfinished(id: string): Promise<void>;
}

export interface LibraryOptions {
  readonly store: ItemStore;
  readonly mediaDir: string;
  readonly volume: Pick<LibraryVolume, 'check'>;
  readonly logger: Logger;
}

/** Creates the library: its rows and its directories. */
export function createLibrary({ store, mediaDir, volume, logger }: LibraryOptions): Library {
  const directories = createItemDirectories(mediaDir);
  let recovery: Recovery | undefined;
  // A rename must not write into a directory that is being deleted, nor recovery restore a deleted item.
  const changes = new PQueue({ concurrency: 1 });

  const need = async (id: string): Promise<ItemRecord> => {
    const record = await store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };
  const needReady = async (id: string): Promise<ItemRecord> => {
    const record = await need(id);
    if (record.state !== 'ready') throw new Problem('conflict');
    return record;
  };
  /** The files of a missing volume can be neither changed nor deleted. */
  const requireVolume = async (): Promise<void> => {
    if ((await volume.check()) !== 'present') throw new Problem('media-missing');
  };
  const sweep = (): Promise<void> =>
    directories.sweep().catch((error: unknown) => logger.error({ err: error }, 'trash not emptied'));

  return {
    get: async (id) => itemView(await need(id)),
    async list(query) {
      const { records, nextCursor } = await store.list(query);
      return { media: records.map(itemView), nextCursor };
    },
    rename: (id, title) =>
      changes.add(async () => {
        await needReady(id);
        await requireVolume();
        const renamed = { ...(await needReady(id)), title };
        await writeMediaJson(directories.of(id), renamed);
        await store.rename(id, title);
        return itemView(renamed);
      }),
    delete: (id) =>
      changes.add(async () => {
        await needReady(id);
        await requireVolume();
        await directories.discard(id); // before the row: after a crash in between, recovery drops the row
        await store.remove(id);
        logger.info({ mediaId: id }, 'media deleted');
        void changes.add(sweep);
      }),
    discardUnfinished: (id) =>
      changes.add(async () => {
        if ((await volume.check()) !== 'present' || (await store.get(id)) !== undefined) return;
        await directories.discard(id);
        void changes.add(sweep);
      }),
    async recover(claims, signal) {
      const exclusively = <Result>(run: () => Promise<Result>): Promise<Result> => changes.add(run);
      recovery = await recoverLibrary({ store, directories, claims, logger, exclusively, requireVolume, signal });
      return recovery;
    },
    recovery: () => recovery,
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem, type Media, type MediaPatch } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import PQueue from 'p-queue';
import { createCollections, type Collections } from './collections.ts';
import { createItemDirectories } from './files/item-directories.ts';
import { writeMediaJson } from './files/media-json.ts';
import type { ItemRecord } from './items/item-table.ts';
import { itemView } from './items/item-view.ts';
import type { ItemStore } from './items/item-store.ts';
import { createLibraryReads, type LibraryReads } from './library-reads.ts';
import { createRepair, createUpdate, type ReplaceItemFiles } from './scrub/repair.ts';
import { createScrub, type Scrub } from './scrub/scrub.ts';
import { createTrash, type Trash } from './trash/trash.ts';
import { recoverLibrary, type Recovery } from './recovery/library-recovery.ts';
import type { RecoveryClaims } from './recovery/recovery-claims.ts';
import type { LibraryVolume } from './volume/library-volume.ts';

/** The library: its rows and its directories. */
export interface Library extends LibraryReads {
  /** @throws {Problem} `not-found`; `conflict` while the item's job has not ended; `media-missing`. */
  change(id: string, patch: MediaPatch): Promise<Media>;
  readonly collections: Collections;
  readonly trash: Trash;
  readonly scrub: Scrub;
  /** Gives an item that has lost files those of a new copy. */
  readonly repair: ReplaceItemFiles;
  /** Adds renditions to an item. */
  readonly update: ReplaceItemFiles;
  /**
   * Makes rows and directories agree, beside the other calls, and before any job runs. Rejects when the media volume
   * disappears or the signal is aborted; it may then run again.
   */
  recover(claims: RecoveryClaims, signal: AbortSignal): Promise<Recovery>;
  /** The result of the recovery; undefined before it has run. */
  recovery(): Recovery | undefined;
  /**
   * Discards the files of an item that no worker will finish; those of an item in the library stay.
   *
   * @returns false while the media volume is missing.
   */
  discardUnfinished(id: string): Promise<boolean>;
}

export interface LibraryOptions {
  readonly store: ItemStore;
  readonly mediaDir: string;
  readonly volume: Pick<LibraryVolume, 'check'>;
  readonly logger: Logger;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

export function createLibrary({ store, mediaDir, volume, logger, clock = Date.now }: LibraryOptions): Library {
  const directories = createItemDirectories(mediaDir);
  let recovery: Recovery | undefined;
  // A rename must not write into a directory that is being deleted, nor recovery restore a deleted item.
  const changes = new PQueue({ concurrency: 1 });
  // Bound to the caller's context: a queued change would otherwise run in that of the change before it, for its person.
  const exclusively = <Result>(run: () => Promise<Result>): Promise<Result> => changes.add(AsyncLocalStorage.bind(run));

  const needReady = async (id: string): Promise<ItemRecord> => {
    const record = await store.getListed(id);
    if (!record) throw new Problem('not-found');
    if (record.state !== 'ready') throw new Problem('conflict');
    return record;
  };
  /** The files of a missing volume can be neither changed nor deleted. */
  const requireVolume = async (): Promise<void> => {
    if ((await volume.check()) !== 'present') throw new Problem('media-missing');
  };
  const changing = { store, directories, exclusively, requireVolume, logger, clock };
  const sweep = (): Promise<void> =>
    directories.sweep().catch((error: unknown) => logger.error({ err: error }, 'discarded directories not deleted'));
  /** Deletes a directory; its bytes are freed soon. */
  const discard = async (id: string): Promise<void> => {
    await directories.discard(id);
    void changes.add(sweep);
  };

  const trash = createTrash({ ...changing, discard, sweep, needReady });

  return {
    ...createLibraryReads(store),
    change: (id, { title, visibility, isKept }) =>
      exclusively(async () => {
        const record = await needReady(id);
        await requireVolume();
        const changed = {
          ...record,
          title: title ?? record.title,
          visibility: visibility ?? record.visibility,
          isKept: isKept ?? record.isKept,
        };
        await writeMediaJson(directories.of(id), changed, { collections: await store.collections.entriesOf(id) });
        if (changed.title !== record.title) await store.rename(id, changed.title);
        if (changed.visibility !== record.visibility) await store.setVisibility(id, changed.visibility);
        if (changed.isKept !== record.isKept) await store.setKept(id, changed.isKept);
        return itemView(changed);
      }),
    scrub: createScrub(changing),
    repair: createRepair(changing),
    update: createUpdate(changing),
    trash,
    collections: createCollections({ ...changing, trash }),
    discardUnfinished: (id) =>
      changes.add(async () => {
        if ((await volume.check()) !== 'present') return false;
        if ((await store.get(id)) === undefined) await discard(id);
        return true;
      }),
    async recover(claims, signal) {
      recovery = await recoverLibrary({ store, directories, claims, logger, exclusively, requireVolume, signal });
      return recovery;
    },
    recovery: () => recovery,
  };
}

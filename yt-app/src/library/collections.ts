import {
  isProblem,
  Problem,
  type Collection,
  type CollectionPatch,
  type CollectionQuery,
  type Media,
  type Viewer,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { ItemDirectories } from './files/item-directories.ts';
import { writeMediaJson } from './files/media-json.ts';
import type { CollectionsPage } from './items/collection-reads.ts';
import type { ItemStore } from './items/item-store.ts';
import type { ItemRecord } from './items/item-table.ts';
import { itemView } from './items/item-view.ts';
import type { Trash } from './trash/trash.ts';

/** A page of the items of a collection. */
export interface CollectionItemsPage {
  readonly items: readonly { readonly position: number; readonly media: Media }[];
  readonly nextCursor: string | null;
}

/** The collections of the library, for people. */
export interface Collections {
  list(query: CollectionQuery, viewer: Viewer): Promise<CollectionsPage>;
  /** @throws {Problem} `not-found`. */
  get(id: string, viewer: Viewer): Promise<Collection>;
  /** In the order of the source. */
  listItems(id: string, query: CollectionQuery, viewer: Viewer): Promise<CollectionItemsPage>;
  change(id: string, patch: CollectionPatch): Promise<void>;
  /**
   * Removes a collection. Videos that are still being downloaded for it come into the library alone.
   *
   * @param mayTrash decides which of its items are moved to the trash before; those that are still being downloaded stay.
   * @returns the number of these.
   * @throws {Problem} `media-missing`; then the collection stays.
   */
  remove(id: string, mayTrash: (item: ItemRecord) => boolean): Promise<number>;
  /** Writes the collections of an item into its `media.json`, soon. */
  noteIn(mediaId: string): void;
}

export interface CollectionsOptions {
  readonly store: ItemStore;
  readonly directories: Pick<ItemDirectories, 'of' | 'exists'>;
  readonly trash: Pick<Trash, 'add'>;
  /** Runs while no other change of the library does. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

export function createCollections(options: CollectionsOptions): Collections {
  const { store, directories, trash, exclusively, logger } = options;
  const { collections } = store;

  const note = async (mediaId: string): Promise<void> => {
    const record = await store.get(mediaId);
    if (record?.state !== 'ready' || !(await directories.exists(mediaId))) return;
    await writeMediaJson(directories.of(mediaId), record, { collections: await collections.entriesOf(mediaId) });
  };
  /** The rows decide: the files are for a library whose database was lost. */
  const noteIn = (mediaId: string): void =>
    void exclusively(() => note(mediaId)).catch((error: unknown) =>
      logger.warn({ mediaId, err: error }, 'media.json not written'),
    );
  const moveToTrash = async (mediaId: string, mayTrash: (item: ItemRecord) => boolean): Promise<number> => {
    const item = await store.getListed(mediaId);
    if (item?.state !== 'ready' || !mayTrash(item)) return 0;
    try {
      await trash.add(mediaId);
      return 1;
    } catch (error) {
      if (isProblem(error) && (error.code === 'not-found' || error.code === 'conflict')) return 0; // it has changed since
      throw error;
    }
  };

  return {
    list: (query, viewer) => collections.list(query, viewer),
    async get(id, viewer) {
      const collection = await collections.find(id, viewer);
      if (!collection) throw new Problem('not-found');
      return collection;
    },
    async listItems(id, query, viewer) {
      const { entries, nextCursor } = await collections.listItems(id, query, viewer);
      return { items: entries.map(({ position, record }) => ({ position, media: itemView(record) })), nextCursor };
    },
    async change(id, patch) {
      await collections.change(id, patch);
      for (const mediaId of await collections.itemsOf(id)) noteIn(mediaId);
    },
    async remove(id, mayTrash) {
      const mediaIds = await collections.itemsOf(id);
      let trashed = 0;
      for (const mediaId of mediaIds) trashed += await moveToTrash(mediaId, mayTrash);
      await collections.remove(id);
      for (const mediaId of mediaIds) noteIn(mediaId);
      logger.info({ collectionId: id, trashed }, 'collection deleted');
      return trashed;
    },
    noteIn,
  };
}

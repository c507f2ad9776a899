import { canRestore, canSee, Problem, type Media, type MediaQuery, type Viewer } from '@linkcast/contracts';
import type { ItemStore } from './items/item-store.ts';
import { itemView } from './items/item-view.ts';

/** A page of the library. */
export interface MediaPage {
  readonly media: Media[];
  readonly nextCursor: string | null;
}

/** Reads the library. Items that a viewer does not see do not exist for them; an item in the trash exists in the trash only. */
export interface LibraryReads {
  find(id: string, viewer: Viewer): Promise<Media | undefined>;
  /** Rejects with `not-found`. */
  get(id: string, viewer: Viewer): Promise<Media>;
  /** Rejects with `not-found` for the items of a collection that does not exist. */
  list(query: MediaQuery, viewer: Viewer): Promise<MediaPage>;
  /** Reports whether a viewer may read the files of an item; those in the trash only where the viewer may restore it. */
  mayRead(id: string, viewer: Viewer): Promise<boolean>;
}

export function createLibraryReads(store: Pick<ItemStore, 'get' | 'getListed' | 'list' | 'collections'>): LibraryReads {
  const find = async (id: string, viewer: Viewer): Promise<Media | undefined> => {
    const record = await store.getListed(id);
    return record && canSee(record, viewer) ? itemView(record) : undefined;
  };

  return {
    find,
    async get(id, viewer) {
      const item = await find(id, viewer);
      if (!item) throw new Problem('not-found');
      return item;
    },
    async list(query, viewer) {
      const { collection } = query;
      if (collection !== undefined && !(await store.collections.find(collection, viewer)))
        throw new Problem('not-found');
      const { records, nextCursor } = await store.list(query, viewer);
      return { media: records.map(itemView), nextCursor };
    },
    async mayRead(id, viewer) {
      const record = await store.get(id);
      if (!record) return false;
      if (record.deletedAt === null) return canSee(record, viewer);
      return canRestore(record, viewer);
    },
  };
}

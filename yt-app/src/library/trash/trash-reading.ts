import { canSee, Problem, type Media, type TrashList, type Viewer } from '@linkcast/contracts';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord } from '../items/item-table.ts';
import { itemView } from '../items/item-view.ts';
import type { TrashQuery } from '../items/trash-reads.ts';

/** Reads the trash. A viewer sees what they may restore. */
export interface TrashReading {
  /** The latest first. */
  list(query: TrashQuery, viewer: Viewer): Promise<TrashList>;
  /** @throws {Problem} `not-found`. */
  get(id: string, viewer: Viewer): Promise<Media>;
}

export function createTrashReading(store: Pick<ItemStore, 'get' | 'listTrash'>): TrashReading {
  return {
    async list(query, viewer) {
      const { records, nextCursor } = await store.listTrash(query, viewer);
      return { media: records.map(itemView), nextCursor };
    },
    async get(id, viewer) {
      const record = await needDeleted(store, id);
      if (!canSee({ ...record, visibility: 'mine' }, viewer)) throw new Problem('not-found');
      return itemView(record);
    },
  };
}

/** An item of the trash. @throws {Problem} `not-found`. */
export async function needDeleted(store: Pick<ItemStore, 'get'>, id: string): Promise<ItemRecord> {
  const record = await store.get(id);
  if (!record || record.deletedAt === null) throw new Problem('not-found');
  return record;
}

import path from 'node:path';
import type { WorkItem } from '@linkcast/contracts';
import { readMediaJson } from '../library/files/media-json.ts';
import type { ItemStore } from '../library/items/item-store.ts';

/** The item whose files a job starts with; null: the library does not have it any more, or is still making it. */
export type ReadWorkItem = (id: string) => Promise<WorkItem | null>;

export interface WorkItemOptions {
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly mediaDir: string;
}

const NO_SOURCE = { extractor: null, sourceId: null } as const;

export function createWorkItems({ items, mediaDir }: WorkItemOptions): ReadWorkItem {
  return async (id) => {
    const item = await items.getListed(id);
    if (item?.state !== 'ready') return null;
    const { title, uploader, durationSeconds, renditions, hasPoster, marks, recording } = item;
    const reading = await readMediaJson(path.join(mediaDir, id));
    const files = reading.kind === 'facts' ? [...reading.files] : [];
    // The source of a recording broadcasts something else now: it does not identify the item.
    const source = recording === null ? { extractor: item.extractor, sourceId: item.sourceId } : NO_SOURCE;
    return {
      ...{ id, title, uploader, durationSeconds, hasPoster, files, ...source },
      ...{ renditions: [...renditions], marks: [...marks] },
    };
  };
}

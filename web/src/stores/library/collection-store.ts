import { signal } from '@preact/signals';
import type { ApiClient } from '@linkcast/contracts';

type CollectionCalls = Pick<ApiClient, 'listCollections' | 'getCollection' | 'patchCollection' | 'deleteCollection'>;

/** A list that is added has an event for each of its videos: what is shown is read again at most this often. */
const PAUSE_MS = 1000;

/** The calls about collections, and a signal of their changes; the pages keep the results themselves. */
export function createCollectionStore(api: CollectionCalls) {
  /** Counts the changes, of which several at once are one. */
  const changes = signal(0);
  let isPending = false;

  const { listCollections, getCollection, patchCollection, deleteCollection } = api;
  return {
    ...{ changes, listCollections, getCollection, patchCollection, deleteCollection },
    /** Notes that a collection may have changed. */
    note(): void {
      if (isPending) return;
      isPending = true;
      setTimeout(() => {
        isPending = false;
        changes.value += 1;
      }, PAUSE_MS);
    },
  };
}

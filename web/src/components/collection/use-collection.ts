import { useEffect, useRef, useState } from 'preact/hooks';
import { isProblem, type Collection, type CollectionItem } from '@linkcast/contracts';
import { failureSentence } from '../../format/failure-sentence.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** A collection with the items that were read of it. */
export interface ShownCollection {
  readonly collection: Collection;
  readonly items: readonly CollectionItem[];
  readonly nextCursor: string | null;
}

export interface CollectionState {
  /** Undefined until it was read; null: there is none, or the caller does not see it. */
  readonly shown: ShownCollection | null | undefined;
  /** The sentence of the last failed read; empty after a successful one. */
  readonly failure: string;
  readonly reload: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
}

const PAGE_SIZE = 50;

/** Reads a collection page by page, and what is shown of it again after changes. */
export function useCollection(id: string): CollectionState {
  const texts = useTexts();
  const { collections } = useStores();
  const [shown, setShown] = useState<ShownCollection | null>();
  const [failure, setFailure] = useState('');
  const isReading = useRef(false);
  /** The number of items of the read that follows this one; 0: none follows. */
  const wanted = useRef(0);

  const read = async (count: number): Promise<void> => {
    if (isReading.current) {
      wanted.current = Math.max(wanted.current, count); // a change during a read
      return;
    }
    isReading.current = true;
    try {
      setShown(await readItems(collections.getCollection, id, count));
      setFailure('');
    } catch (error) {
      if (isProblem(error) && error.code === 'not-found') setShown(null);
      else setFailure(failureSentence(error, texts));
    }
    isReading.current = false;
    const next = wanted.current;
    wanted.current = 0;
    if (next > 0) await read(next);
  };
  const count = shown?.items.length ?? 0;
  useEffect(() => void read(Math.max(count, PAGE_SIZE)), [collections.changes.value]);
  return {
    ...{ shown, failure },
    reload: () => read(Math.max(count, PAGE_SIZE)),
    loadMore: () => read(count + PAGE_SIZE),
  };
}

type GetCollection = ReturnType<typeof useStores>['collections']['getCollection'];

/** Reads at least so many items, as far as there are. */
async function readItems(getCollection: GetCollection, id: string, count: number): Promise<ShownCollection> {
  let page = await getCollection(id, { limit: PAGE_SIZE });
  const items = [...page.items];
  while (page.nextCursor !== null && items.length < count) {
    page = await getCollection(id, { limit: PAGE_SIZE, cursor: page.nextCursor });
    items.push(...page.items);
  }
  return { collection: page.collection, items, nextCursor: page.nextCursor };
}

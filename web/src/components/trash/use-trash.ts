import { useEffect, useRef, useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { failureSentence } from '../../format/failure-sentence.ts';
import { useStores } from '../../stores/stores.ts';

/** The trash as a page shows it. */
export interface Trash {
  /** Undefined until it was read. */
  readonly items: readonly Media[] | undefined;
  /** The sentence of the last failed read; empty after a successful one. */
  readonly failure: string;
  /** Cursor of the next page; null at the end. */
  readonly nextCursor: string | null;
  readonly reload: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly restore: (id: string) => void;
  readonly purge: (id: string) => void;
  readonly empty: () => void;
}

/** Reads the trash page by page, and acts on it. */
export function useTrash(): Trash {
  const texts = useTexts();
  const { trash: words, item: itemWords } = texts.site;
  const { trash, restore, toasts } = useStores();
  const [items, setItems] = useState<readonly Media[]>();
  const [nextCursor, setNextCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState('');

  const read = async (cursor: string | null): Promise<void> => {
    try {
      const page = await trash.listTrash(cursor === null ? {} : { cursor });
      setItems((before = []) => (cursor === null ? page.media : [...before, ...page.media]));
      setNextCursor(page.nextCursor);
      setFailure('');
    } catch (error) {
      setFailure(failureSentence(error, texts));
    }
  };
  useEffect(() => void read(null), []);
  const isReadingMore = useRef(false);
  const loadMore = async (): Promise<void> => {
    if (isReadingMore.current) return; // the button, and the end of the list in view
    isReadingMore.current = true;
    await read(nextCursor);
    isReadingMore.current = false;
  };

  const removeAfter = async (id: string, work: Promise<unknown>): Promise<void> => {
    await work;
    setItems((before) => before?.filter((item) => item.id !== id));
  };
  const emptyAll = async (): Promise<void> => {
    const { deleted } = await trash.emptyTrash();
    toasts.show('done', words.emptied(deleted));
    await read(null);
  };

  return {
    items,
    failure,
    nextCursor,
    reload: () => read(null),
    loadMore,
    restore: (id) => toasts.follow(removeAfter(id, restore(id)), itemWords.restored),
    purge: (id) => toasts.follow(removeAfter(id, trash.purgeMedia(id)), words.purged),
    empty: () => toasts.follow(emptyAll()),
  };
}

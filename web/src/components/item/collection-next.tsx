import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { paths, type Collection, type Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores, type Stores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface Place {
  readonly collection: Collection;
  /** The item after this one; undefined at the end. */
  readonly next: Media | undefined;
}

const PAGE_SIZE = 100;
/** A list has at most 1000 videos; further pages are those of items that were added to it later. */
const MOST_PAGES = 20;

/** The collection from which an item was opened (`?collection=`), and the item after it. */
export function CollectionNext({ itemId }: { readonly itemId: string }) {
  const { collections: words } = useTexts().site;
  const { collections } = useStores();
  const { collection: id } = useLocation().query;
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    let isLeft = false;
    if (id === undefined) setPlace(undefined);
    else
      void findPlace(collections, id, itemId).then(
        (found) => !isLeft && setPlace(found),
        () => undefined, // without it, the page plays the item all the same
      );
    return () => {
      isLeft = true;
    };
  }, [id, itemId, collections.changes.value]);
  if (!place) return null;
  const { collection, next } = place;
  return (
    <nav class="collection-next" aria-label={words.partOf(collection.title)}>
      <a href={paths.collection(collection.id)}>{words.partOf(collection.title)}</a>
      {next && (
        <a class="button" href={`${next.links.page}?collection=${collection.id}`}>
          <Icon name="play" />
          {words.next(next.title)}
        </a>
      )}
    </nav>
  );
}

/** @returns undefined when the item is not in the collection. */
async function findPlace(calls: Stores['collections'], id: string, itemId: string): Promise<Place | undefined> {
  let isFound = false;
  let cursor: string | null = null;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const query: { limit: number; cursor?: string } = { limit: PAGE_SIZE, ...(cursor !== null && { cursor }) };
    const { collection, items, nextCursor } = await calls.getCollection(id, query);
    const index = items.findIndex(({ media }) => media.id === itemId);
    const next = isFound ? items[0] : items[index + 1];
    if (index >= 0 || isFound) {
      if (next || nextCursor === null) return { collection, next: next?.media };
      isFound = true; // it is the last one of its page
    }
    if (nextCursor === null) return undefined;
    cursor = nextCursor;
  }
  return undefined;
}

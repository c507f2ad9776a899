import { useEffect, useRef, useState } from 'preact/hooks';
import { paths, type Collection } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Poster } from '../ui/poster.tsx';

interface Shown {
  readonly collections: readonly Collection[];
  readonly nextCursor: string | null;
}

const PAGE_SIZE = 20;
const NONE: Shown = { collections: [], nextCursor: null };

/** The collections, on top of the library; nothing without any, and during a search. */
export function CollectionRow() {
  const { collections: words } = useTexts().site;
  const { library } = useStores();
  const { shown, readMore } = useCollections();
  if (shown.collections.length === 0 || library.query.value.q !== '') return null;
  return (
    <section class="continue" aria-labelledby="collections-heading">
      <h2 id="collections-heading">{words.heading}</h2>
      <div class="continue-items">
        {shown.collections.map((collection) => (
          <CollectionCard key={collection.id} collection={collection} />
        ))}
        <LoadMore cursor={shown.nextCursor} text={words.more} onReach={readMore} />
      </div>
    </section>
  );
}

/** Reads the collections page by page, and the first page again after changes. A failed read leaves what is shown. */
function useCollections() {
  const { collections } = useStores();
  const [shown, setShown] = useState(NONE);
  const isReading = useRef(false);
  const isStale = useRef(false);
  const read = async (cursor: string | null): Promise<void> => {
    if (isReading.current) {
      isStale.current ||= cursor === null; // a change during a read; otherwise the button, and the end of the row in view
      return;
    }
    isReading.current = true;
    const query = { limit: PAGE_SIZE, ...(cursor !== null && { cursor }) };
    const page = await collections.listCollections(query).catch(() => undefined);
    isReading.current = false;
    if (page)
      setShown((before) =>
        cursor === null ? page : { ...page, collections: [...before.collections, ...page.collections] },
      );
    if (!isStale.current) return;
    isStale.current = false;
    await read(null);
  };
  useEffect(() => void read(null), [collections.changes.value]);
  return { shown, readMore: () => read(shown.nextCursor) };
}

function CollectionCard({ collection: { id, title, items, poster, visibility } }: { readonly collection: Collection }) {
  const { collections: words, item } = useTexts().site;
  const page = paths.collection(id);
  return (
    <article class="card card-collection">
      <a class="card-link" href={page} aria-label={words.open(title)}>
        <div class="card-picture">
          <Poster src={poster} type="video" id={id} />
          <span class="badge badge-corner">{words.items(items)}</span>
          {visibility === 'mine' && (
            <span class="badge badge-private" role="img" aria-label={item.private} title={item.private}>
              <Icon name="lock" />
            </span>
          )}
        </div>
      </a>
      <div class="card-text">
        <h3 class="card-title">
          <a href={page} tabIndex={-1}>
            {title}
          </a>
        </h3>
      </div>
    </article>
  );
}

import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { CollectionDialog } from '../../components/collection/collection-dialog.tsx';
import { CollectionRowItem, playLink } from '../../components/collection/collection-row-item.tsx';
import {
  useCollection,
  type CollectionState,
  type ShownCollection,
} from '../../components/collection/use-collection.ts';
import { CollectionRule } from '../../components/storage/collection-rule.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { Icon } from '../../components/ui/icon.tsx';
import { LoadMore } from '../../components/ui/load-more.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** `/collections/:id`: the items of a collection in the order of the source. */
export function CollectionPage() {
  const { id = '' } = useRoute().params;
  return <OpenCollection key={id} id={id} />;
}

function OpenCollection({ id }: { readonly id: string }) {
  const { collections: words, item } = useTexts().site;
  const state = useCollection(id);
  const { shown, failure, reload } = state;
  usePageTitle(shown?.collection.title ?? '');
  if (shown === null)
    return (
      <EmptyState icon="alert" heading={words.missingHeading} hint={words.missingHint}>
        <a class="button button-primary" href={paths.library}>
          {item.toLibrary}
        </a>
      </EmptyState>
    );
  return (
    <div class="list-page">
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!shown && failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {shown && <FoundCollection shown={shown} state={state} />}
    </div>
  );
}

interface FoundCollectionProps {
  readonly shown: ShownCollection;
  readonly state: CollectionState;
}

function FoundCollection({ shown, state }: FoundCollectionProps) {
  const { collections: words } = useTexts().site;
  const { caller } = useStores();
  const { collection, items, nextCursor } = shown;
  return (
    <>
      <CollectionHeader shown={shown} onChanged={() => void state.reload()} />
      <ol class="panel rows">
        {items.map((entry) => (
          <CollectionRowItem key={entry.media.id} collection={collection} entry={entry} />
        ))}
      </ol>
      <LoadMore cursor={nextCursor} text={words.more} onReach={state.loadMore} />
      {caller.can('manage') && <CollectionRule collection={collection} />}
    </>
  );
}

function CollectionHeader({ shown, onChanged }: { readonly shown: ShownCollection; readonly onChanged: () => void }) {
  const { site } = useTexts();
  const { caller } = useStores();
  const { route } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const { collection, items } = shown;
  const { title, visibility } = collection;
  const [first] = items;
  return (
    <header class="collection-header">
      <h1>{title}</h1>
      <p class="note-text">
        {site.collections.items(collection.items)}
        {visibility === 'mine' && ` · ${site.item.private}`}
      </p>
      <div class="collection-buttons">
        {first && (
          <a class="button button-primary" href={playLink(collection, first.media)}>
            <Icon name="play" />
            {site.collections.play}
          </a>
        )}
        {caller.may('change-collection', collection.personId) && (
          <button
            type="button"
            class="icon-button"
            aria-label={site.library.actions(title)}
            onClick={() => setOpen(true)}
          >
            <Icon name="more" />
          </button>
        )}
      </div>
      {isOpen && (
        <CollectionDialog
          collection={collection}
          onChanged={onChanged}
          onDeleted={() => route(paths.library)}
          onClose={() => setOpen(false)}
        />
      )}
    </header>
  );
}

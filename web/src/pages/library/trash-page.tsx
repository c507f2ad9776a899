import { useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { TrashRow } from '../../components/trash/trash-row.tsx';
import { useTrash, type Trash } from '../../components/trash/use-trash.ts';
import { ConfirmDialog } from '../../components/ui/dialogs/confirm-dialog.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { Icon } from '../../components/ui/icon.tsx';
import { LoadMore } from '../../components/ui/load-more.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** `/trash`: the deleted items that the person can restore; for owners, all. */
export function TrashPage() {
  const { trash: words, titles } = useTexts().site;
  usePageTitle(titles.trash);
  const trash = useTrash();
  const hasItems = trash.items !== undefined && trash.items.length > 0;
  return (
    <div class="list-page">
      <header class="list-header">
        <h1>{words.heading}</h1>
        {hasItems && <EmptyButton onEmpty={trash.empty} />}
      </header>
      {trash.failure !== '' && <FailureNote sentence={trash.failure} onRetry={() => void trash.reload()} />}
      {!trash.items && trash.failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {trash.items?.length === 0 && <EmptyState icon="trash" heading={words.empty} hint={words.emptyHint} />}
      {hasItems && <TrashList items={trash.items} trash={trash} />}
    </div>
  );
}

interface TrashListProps {
  readonly items: readonly Media[];
  readonly trash: Trash;
}

function TrashList({ items, trash }: TrashListProps) {
  const { trash: words } = useTexts().site;
  return (
    <>
      <p class="note-text">{words.hint}</p>
      <ul class="panel rows">
        {items.map((item) => (
          <TrashRow key={item.id} item={item} onRestore={trash.restore} onPurge={trash.purge} />
        ))}
      </ul>
      <LoadMore cursor={trash.nextCursor} text={words.more} onReach={trash.loadMore} />
    </>
  );
}

function EmptyButton({ onEmpty }: { readonly onEmpty: () => void }) {
  const { trash: words } = useTexts().site;
  const { caller } = useStores();
  const [isAsking, setAsking] = useState(false);
  const hint = caller.can('manage') ? words.emptyAllHint : words.emptyOwnHint;
  const confirm = () => {
    setAsking(false);
    onEmpty();
  };
  return (
    <>
      <button type="button" class="button button-danger" onClick={() => setAsking(true)}>
        <Icon name="trash" />
        {words.emptyTrash}
      </button>
      {isAsking && (
        <ConfirmDialog
          {...{ heading: words.emptyHeading, hint, action: words.emptyTrash, icon: 'trash' }}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

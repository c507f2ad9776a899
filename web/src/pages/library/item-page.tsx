import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { paths, type Media } from '@linkcast/contracts';
import { CollectionNext } from '../../components/item/collection-next.tsx';
import { useTexts } from '../../language/texts-context.ts';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { Icon } from '../../components/ui/icon.tsx';
import { ItemActions } from '../../components/item/item-actions.tsx';
import { DamageNote } from '../../components/item/damage-note.tsx';
import { ItemDetails } from '../../components/item/item-details.tsx';
import { ItemDialog } from '../../components/item/item-dialog.tsx';
import { RecordingNote } from '../../components/item/recording-note.tsx';
import { problemSentence } from '../../format/problem-sentence.ts';
import type { ItemState } from '../../stores/library/item-store.ts';
import { useStores } from '../../stores/stores.ts';
import { MediaPlayer } from '../../components/player/media-player.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';

/** `/watch/:id` and `/listen/:id`: one item, played. */
export function ItemPage() {
  const { id = '' } = useRoute().params;
  return <OpenItem key={id} id={id} />;
}

function OpenItem({ id }: { readonly id: string }) {
  const { items } = useStores();
  const [state] = useState(() => items.open(id));
  useEffect(() => {
    void items.load(id);
    return () => void items.close(id);
  }, []);
  return <ItemView state={state.value} onRetry={() => void items.load(id)} />;
}

function ItemView({ state, onRetry }: { readonly state: ItemState; readonly onRetry: () => void }) {
  const { site } = useTexts();
  usePageTitle(state.phase === 'found' ? state.item.title : '');
  switch (state.phase) {
    case 'loading':
      return <div class="item-page skeleton-item" role="status" aria-label={site.item.loading} />;
    case 'failed':
      return <FailureNote sentence={state.sentence} onRetry={onRetry} />;
    case 'deleted':
      return <DeletedItem jobId={state.jobId} />;
    case 'found':
      return <FoundItem item={state.item} />;
  }
}

/** The page of an item that does not exist. When its download failed while it was watched, shows that problem. */
function DeletedItem({ jobId }: { readonly jobId: string | null }) {
  const texts = useTexts();
  const { site } = texts;
  const { jobs } = useStores();
  const problem = jobs.jobs.value.get(jobId ?? '')?.problem;
  return (
    <EmptyState
      icon="alert"
      heading={site.item.deletedHeading}
      hint={problem ? problemSentence(problem, texts) : site.item.deletedHint}
    >
      <a class="button button-primary" href={paths.library}>
        {site.item.toLibrary}
      </a>
    </EmptyState>
  );
}

function FoundItem({ item }: { readonly item: Media }) {
  const { site, formats } = useTexts();
  const { jobs, toasts } = useStores();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (item.state === 'playable' && item.jobId !== null) toasts.follow(jobs.ensure(item.jobId));
  }, [item.jobId]);

  return (
    <div class={`item-page item-page-${item.type}`}>
      <MediaPlayer item={item} />
      <div class="item-text">
        <div class="item-heading">
          <h1>{item.title}</h1>
          <button
            type="button"
            class="icon-button"
            aria-label={site.library.actions(item.title)}
            onClick={() => setOpen(true)}
          >
            <Icon name="more" />
          </button>
        </div>
        <p class="item-meta">
          {item.uploader !== null && `${site.item.by(item.uploader)} · `}
          {formats.timeAgo(item.createdAt)}
          {item.visibility === 'mine' && ` · ${site.item.private}`}
        </p>
        <RecordingNote recording={item.recording} />
        {item.damage !== null && <DamageNote damage={item.damage} />}
        <CollectionNext itemId={item.id} />
        <ItemActions item={item} />
        <ItemDetails item={item} />
      </div>
      {open && <ItemDialog item={item} onClose={() => setOpen(false)} />}
    </div>
  );
}

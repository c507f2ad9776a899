import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useTexts } from '../../language/texts-context.ts';
import { AddForm } from '../../components/jobs/add-form.tsx';
import { ArrivingCard } from '../../components/library/arriving-card.tsx';
import { CollectionRow } from '../../components/library/collection-row.tsx';
import { ContinueRow } from '../../components/library/continue-row.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { LibraryToolbar } from '../../components/library/library-toolbar.tsx';
import { LoadMore } from '../../components/ui/load-more.tsx';
import { MediaCard } from '../../components/library/media-card.tsx';
import { NoticeList } from '../../components/notices/notice-list.tsx';
import { useStores } from '../../stores/stores.ts';
import { usePageTitle } from '../../components/ui/page-title.ts';

/** `/`: the library, newest first by default, with the jobs that are not playable yet. */
export function LibraryPage() {
  const { library: words, titles } = useTexts().site;
  const { library, caller } = useStores();
  usePageTitle('');
  const { type } = useLocation().query;
  useEffect(() => {
    if (type === 'video' || type === 'audio') void library.search({ type });
    else if (library.list.value.items.length === 0) void library.load();
  }, [type]);

  return (
    <div class="library-page">
      <h1 class="hidden">{titles.library}</h1>
      <NoticeList />
      {caller.can('add') && <AddForm />}
      <ContinueRow />
      <CollectionRow />
      <LibraryToolbar />
      <LibraryGrid />
      {library.phase.value === 'failed' && (
        <FailureNote sentence={library.failure.value} onRetry={() => void library.loadMore()} />
      )}
      <LoadMore onReach={library.loadMore} cursor={library.list.value.nextCursor} text={words.more} />
    </div>
  );
}

function LibraryGrid() {
  const { library } = useStores();
  const { items } = library.list.value;
  const arriving = useArriving();
  const phase = library.phase.value;
  if (items.length + arriving.length === 0) {
    if (phase === 'failed') return null; // the page shows the failure
    return phase === 'loading' ? <GridSkeleton /> : <EmptyLibrary />;
  }
  return (
    <div class="grid">
      {arriving.map((job) => (
        <ArrivingCard key={job.id} job={job} />
      ))}
      {items.map((item) => (
        <MediaCard key={item.id} item={item} />
      ))}
    </div>
  );
}

/** Returns the jobs not playable yet, and failed jobs sent from this page; none during a search. */
function useArriving() {
  const { library, jobs } = useStores();
  const { type, q } = library.query.value;
  if (q !== '') return [];
  return jobs.newest.value.filter((job) => {
    if (type !== undefined && job.type !== type) return false;
    if (job.state === 'failed') return jobs.sentHere.value.has(job.id);
    return !job.playable && job.state !== 'cancelled' && job.state !== 'ready';
  });
}

function EmptyLibrary() {
  const { library: words } = useTexts().site;
  const { library, caller } = useStores();
  const { type, q } = library.query.value;
  if (type === undefined && q === '') {
    const hint = caller.can('add') ? words.emptyHint : words.emptyForVisitors;
    return <EmptyState icon="link" heading={words.empty} hint={hint} />;
  }
  return (
    <EmptyState icon="search" heading={words.noMatch} hint={words.noMatchHint}>
      <button type="button" class="button" onClick={() => void library.search({ type: undefined, q: '' })}>
        {words.showAll}
      </button>
    </EmptyState>
  );
}

function GridSkeleton() {
  const { library: words } = useTexts().site;
  return (
    <div class="grid" role="status" aria-label={words.loading}>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} class="card card-skeleton">
          <div class="card-picture" />
          <div class="card-text" />
        </div>
      ))}
    </div>
  );
}

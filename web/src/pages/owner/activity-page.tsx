import { useState } from 'preact/hooks';
import { ActivityChoices } from '../../components/activity/activity-choices.tsx';
import { ActivityRow } from '../../components/activity/activity-row.tsx';
import { useActivity, type ActivityFilter } from '../../components/activity/use-activity.ts';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { LoadMore } from '../../components/ui/load-more.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** `/activity`: for owners, who did what. */
export function ActivityPage() {
  const { people: words, titles } = useTexts().site;
  const { caller } = useStores();
  usePageTitle(titles.activity);
  if (caller.can('manage')) return <ActivityLog />;
  return <EmptyState icon="people" heading={words.forOwnersHeading} hint={words.forOwnersHint} />;
}

function ActivityLog() {
  const { activity: words } = useTexts().site;
  const [filter, setFilter] = useState<ActivityFilter>({});
  const { entries, failure, nextCursor, reload, loadMore } = useActivity(filter);
  return (
    <div class="list-page">
      <header class="list-header">
        <h1>{words.heading}</h1>
        <ActivityChoices filter={filter} onChange={setFilter} />
      </header>
      <p class="note-text">{words.hint}</p>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!entries && failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {entries?.length === 0 && <EmptyState icon="clock" heading={words.empty} hint={words.emptyHint} />}
      {entries && entries.length > 0 && (
        <>
          <ul class="panel rows">
            {entries.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} />
            ))}
          </ul>
          <LoadMore cursor={nextCursor} text={words.more} onReach={loadMore} />
        </>
      )}
    </div>
  );
}

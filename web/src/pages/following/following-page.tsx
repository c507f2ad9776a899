import { FollowForm } from '../../components/following/follow-form.tsx';
import { FollowedRow } from '../../components/following/followed-row.tsx';
import { useFollowing } from '../../components/following/use-following.ts';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useTexts } from '../../language/texts-context.ts';

/** `/following`: the channels, playlists and feeds whose new videos are fetched for the person. */
export function FollowingPage() {
  const { following: words, titles } = useTexts().site;
  usePageTitle(titles.following);
  const { lists, failure, reload, actions } = useFollowing();
  return (
    <div class="list-page">
      <header class="list-header">
        <h1>{words.heading}</h1>
      </header>
      <p class="note-text">{words.hint}</p>
      <FollowForm onFollowed={reload} />
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!lists && failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {lists?.length === 0 && <EmptyState icon="queue" heading={words.empty} hint={words.emptyHint} />}
      {lists && lists.length > 0 && (
        <ul class="panel rows">
          {lists.map((list) => (
            <FollowedRow key={list.id} list={list} actions={actions} />
          ))}
        </ul>
      )}
    </div>
  );
}

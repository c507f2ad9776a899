import { useState } from 'preact/hooks';
import { paths } from '@linkcast/contracts';
import { DefaultLimits } from '../../components/people/default-limits.tsx';
import { InvitationList } from '../../components/people/invitation-list.tsx';
import { InviteDialog } from '../../components/people/invite-dialog.tsx';
import { PersonRow } from '../../components/people/person-row.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { Icon } from '../../components/ui/icon.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** `/people`: for owners, everybody who was let in, and the open invitations. */
export function PeoplePage() {
  const { people: words, titles } = useTexts().site;
  const { caller } = useStores();
  usePageTitle(titles.people);
  if (caller.can('manage')) return <People />;
  return <EmptyState icon="people" heading={words.forOwnersHeading} hint={words.forOwnersHint} />;
}

function People() {
  const { activity, people: words, invite } = useTexts().site;
  const { caller, people: calls, toasts } = useStores();
  const [isInviting, setInviting] = useState(false);
  const people = useRequest(async () => (await calls.listPeople()).people);
  const invitations = useRequest(async () => (await calls.listInvitations()).invitations);
  const limits = useRequest(() => calls.getLimits());
  const reload = async () => {
    await Promise.all([people.reload(), invitations.reload(), limits.reload(), caller.load()]); // owners can change themselves
  };
  const revoke = async (id: string) => {
    await calls.revokeInvitation(id);
    await invitations.reload();
  };
  const failure = [people, invitations, limits].map((request) => request.failure).find((each) => each !== '') ?? '';
  return (
    <div class="list-page">
      <header class="list-header">
        <h1>{words.heading}</h1>
        <a class="button" href={paths.activity}>
          <Icon name="clock" />
          {activity.open}
        </a>
        <button type="button" class="button button-primary" onClick={() => setInviting(true)}>
          <Icon name="add" />
          {invite.invite}
        </button>
      </header>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!people.value && failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {limits.value && <DefaultLimits limits={limits.value} onChanged={limits.reload} />}
      <ul class="panel rows">
        {people.value?.map((person) => (
          <PersonRow key={person.id} person={person} defaults={limits.value} onChanged={reload} />
        ))}
      </ul>
      <section class="people-section">
        <h2>{invite.list}</h2>
        <div class="panel">
          <InvitationList
            invitations={invitations.value ?? []}
            people={people.value ?? []}
            onRevoke={(id) => toasts.follow(revoke(id), invite.revoked)}
          />
        </div>
      </section>
      {isInviting && <InviteDialog onChanged={invitations.reload} onClose={() => setInviting(false)} />}
    </div>
  );
}

import type { Invitation, Person } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from '../ui/icon.tsx';

interface InvitationListProps {
  readonly invitations: readonly Invitation[];
  /** The people, for the names of those who made the invitations. */
  readonly people: readonly Person[];
  readonly onRevoke: (id: string) => void;
}

/** Lists the open invitations, without their links: the server stores only digests of the codes. */
export function InvitationList({ invitations, people, onRevoke }: InvitationListProps) {
  const texts = useTexts();
  const { invite: words, account, share } = texts.site;
  if (invitations.length === 0) return <p class="note-text">{words.none}</p>;
  return (
    <ul class="rows">
      {invitations.map(({ id, role, usesLeft, createdBy, expiresAt }) => {
        const maker = people.find((person) => person.id === createdBy);
        return (
          <li key={id} class="row">
            <span class="row-icon">
              <Icon name="link" />
            </span>
            <div class="row-text">
              <strong>{words.entry(account.roles[role], usesLeft)}</strong>
              <small>{maker ? words.untilBy(expiresAt, personName(maker, texts)) : share.until(expiresAt)}</small>
            </div>
            <button
              type="button"
              class="button button-small"
              aria-label={words.revokeOf(expiresAt)}
              onClick={() => onRevoke(id)}
            >
              {words.revoke}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

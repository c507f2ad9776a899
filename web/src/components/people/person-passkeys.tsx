import type { Person } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';

interface PersonPasskeysProps {
  readonly person: Pick<Person, 'id'>;
  readonly onClose: () => void;
}

/** The passkeys of a person, for an owner: a lost device's can be revoked. */
export function PersonPasskeys({ person, onClose }: PersonPasskeysProps) {
  const { passkeys: words } = useTexts().site;
  const { passkeys: calls, toasts } = useStores();
  const passkeys = useRequest(async () => (await calls.listOf(person.id)).passkeys);
  const revoke = async (id: string) => {
    await calls.revoke(id);
    await passkeys.reload();
  };
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      {passkeys.failure !== '' && <FailureNote sentence={passkeys.failure} />}
      {passkeys.value?.length === 0 && <p class="dialog-text">{words.none}</p>}
      <ul class="rows">
        {passkeys.value?.map(({ id, name, createdAt, usedAt }) => (
          <li key={id} class="row">
            <span class="row-icon">
              <Icon name="passkey" />
            </span>
            <div class="row-text">
              <strong>{name}</strong>
              <small>{usedAt === null ? words.made(createdAt) : words.used(usedAt)}</small>
            </div>
            <button
              type="button"
              class="button button-small"
              aria-label={words.revokeOf(name)}
              onClick={() => toasts.follow(revoke(id), words.revoked)}
            >
              {words.revoke}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

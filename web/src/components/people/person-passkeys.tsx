import type { Person } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { PasskeyRow } from '../passkeys/passkey-row.tsx';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';

interface PersonPasskeysProps {
  readonly person: Pick<Person, 'id'>;
  readonly onClose: () => void;
}

/** The passkeys of a person, for an owner: a lost device's can be revoked. */
export function PersonPasskeys({ person, onClose }: PersonPasskeysProps) {
  const { passkeys: words } = useTexts().site;
  const { passkeys: calls } = useStores();
  const passkeys = useRequest(async () => (await calls.listOf(person.id)).passkeys);
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      {passkeys.failure !== '' && <FailureNote sentence={passkeys.failure} />}
      {passkeys.value?.length === 0 && <p class="note-text">{words.none}</p>}
      <ul class="rows">
        {passkeys.value?.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} isOwn={false} onChanged={passkeys.reload} />
        ))}
      </ul>
    </Dialog>
  );
}

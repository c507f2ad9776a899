import { useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { failureSentence } from '../../format/failure-sentence.ts';
import { useStores } from '../../stores/stores.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';

/** Offers a passkey to a person who has just joined: without one, or Telegram, they could not come back after signing out. */
export function PasskeyOffer({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const texts = useTexts();
  const { passkeys: words } = texts.site;
  const { passkeys } = useStores();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');

  const add = async () => {
    setBusy(true);
    try {
      await passkeys.add();
      onDone();
    } catch (error) {
      setFailure(failureSentence(error, texts));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{words.offerHeading(name)}</h1>
      <p class="lead">{words.offerLead}</p>
      {failure !== '' && <FailureNote sentence={failure} />}
      <button type="button" class="button button-primary button-large" disabled={busy} onClick={() => void add()}>
        <Icon name="passkey" />
        {busy ? words.adding : words.add}
      </button>
      <button type="button" class="button button-large" onClick={onDone}>
        {words.later}
      </button>
    </>
  );
}

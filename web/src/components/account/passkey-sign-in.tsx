import { useState } from 'preact/hooks';
import { failureSentence } from '../../format/failure-sentence.ts';
import { useTexts } from '../../language/texts-context.ts';
import { findPasskeyObstacle } from '../../passkeys/passkey-obstacle.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

/** Signs in by a passkey; nothing where there are none. */
export function PasskeySignIn() {
  const texts = useTexts();
  const { signIn: words, passkeys } = texts.site;
  const { caller } = useStores();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const domain = caller.caller.value?.passkeyDomain;
  if (domain === undefined || findPasskeyObstacle(domain)) return null;

  const send = async () => {
    setBusy(true);
    setRefusal('');
    try {
      await caller.signInByPasskey();
    } catch (error) {
      setRefusal(failureSentence(error, texts));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" class="button button-large" disabled={busy} onClick={() => void send()}>
        <Icon name="passkey" />
        {busy ? words.working : passkeys.signIn}
      </button>
      <p class="form-refusal" role="alert">
        {refusal}
      </p>
    </>
  );
}

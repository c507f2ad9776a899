import { useState } from 'preact/hooks';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { findPasskeyObstacle } from '../../passkeys/passkey-obstacle.ts';
import { useStores } from '../../stores/stores.ts';
import { PasskeyRow } from '../passkeys/passkey-row.tsx';
import { Icon } from '../ui/icon.tsx';
import { PasskeyHint } from './passkey-hint.tsx';
import { RequestRows } from './request-rows.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The person's passkeys. Where the page cannot use any, it says why. */
export function PasskeySection() {
  const { passkeys: words } = useTexts().site;
  const { caller, passkeys: calls, toasts } = useStores();
  const passkeys = useRequest(async () => (await calls.list()).passkeys);
  const [busy, setBusy] = useState(false);
  const domain = caller.caller.value?.passkeyDomain ?? '';
  const obstacle = findPasskeyObstacle(domain);

  const add = async () => {
    setBusy(true);
    try {
      await calls.add();
      await passkeys.reload();
    } finally {
      setBusy(false);
    }
  };
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      <RequestRows
        request={passkeys}
        rowOf={(passkey) => <PasskeyRow key={passkey.id} passkey={passkey} isOwn onChanged={passkeys.reload} />}
      />
      {obstacle ? (
        <PasskeyHint obstacle={obstacle} domain={domain} />
      ) : (
        <button type="button" class="button" disabled={busy} onClick={() => toasts.follow(add(), words.added)}>
          <Icon name="passkey" />
          {busy ? words.adding : words.add}
        </button>
      )}
    </SettingsSection>
  );
}

import { useState } from 'preact/hooks';
import type { PersonalKey } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { RequestRows } from './request-rows.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The person's API keys, for scripts, shortcuts and apps. */
export function KeySection() {
  const { keys: words } = useTexts().site;
  const { account } = useStores();
  const [isMaking, setMaking] = useState(false);
  const keys = useRequest(async () => (await account.listKeys()).keys);
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      <RequestRows request={keys} rowOf={(key) => <KeyRow key={key.id} entry={key} onChanged={keys.reload} />} />
      <button type="button" class="button" onClick={() => setMaking(true)}>
        <Icon name="key" />
        {words.make}
      </button>
      {isMaking && <KeyDialog onMade={keys.reload} onClose={() => setMaking(false)} />}
    </SettingsSection>
  );
}

function KeyRow({ entry, onChanged }: { readonly entry: PersonalKey; readonly onChanged: () => Promise<void> }) {
  const { keys: words } = useTexts().site;
  const { account, toasts } = useStores();
  const [isAsking, setAsking] = useState(false);
  const { id, name, scopes, usedAt } = entry;
  const revoke = () => {
    toasts.follow(account.revokeKey(id).then(onChanged), words.revoked);
    setAsking(false);
  };
  const may = scopes.map((scope) => words.scopes[scope]).join(', ');
  const question = { heading: words.revokeHeading(name), hint: words.revokeHint, action: words.revoke };
  return (
    <li class="row">
      <span class="row-icon">
        <Icon name="key" />
      </span>
      <div class="row-text">
        <strong>{name}</strong>
        <small>{usedAt === null ? words.unused(may) : words.used(may, usedAt)}</small>
      </div>
      <button type="button" class="icon-button" aria-label={words.revokeOf(name)} onClick={() => setAsking(true)}>
        <Icon name="trash" />
      </button>
      {isAsking && <ConfirmDialog {...question} icon="trash" onConfirm={revoke} onClose={() => setAsking(false)} />}
    </li>
  );
}

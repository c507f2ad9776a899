import { useState } from 'preact/hooks';
import type { NewPersonalKey, Right } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { NewKey } from './new-key.tsx';
import { ScopeChoice } from './scope-choice.tsx';

interface KeyDialogProps {
  readonly onMade: () => Promise<void>;
  readonly onClose: () => void;
}

/** Makes an API key, and shows it once. */
export function KeyDialog({ onMade, onClose }: KeyDialogProps) {
  const { keys: words } = useTexts().site;
  const { account } = useStores();
  const [made, setMade] = useState<NewPersonalKey>();
  const make = async (name: string, scopes: Right[]) => {
    setMade(await account.createKey({ name, scopes }));
    await onMade();
  };
  return (
    <Dialog heading={made ? made.name : words.makeHeading} onClose={onClose}>
      {made ? <NewKey made={made} onDone={onClose} /> : <KeyForm onMake={make} />}
    </Dialog>
  );
}

function KeyForm({ onMake }: { readonly onMake: (name: string, scopes: Right[]) => Promise<void> }) {
  const { keys: words } = useTexts().site;
  const { toasts } = useStores();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Right[]>(['watch', 'add']);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      await onMake(name.trim(), [...scopes]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) toasts.follow(make());
      }}
    >
      <label class="field">
        <span>{words.name}</span>
        <input
          class="input"
          value={name}
          maxLength={100}
          required
          autoFocus
          placeholder={words.namePlaceholder}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <ScopeChoice chosen={scopes} onChange={setScopes} />
      <button type="submit" class="button button-primary" disabled={busy || name.trim() === '' || scopes.length === 0}>
        {words.make}
      </button>
    </form>
  );
}

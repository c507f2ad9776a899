import { useState } from 'preact/hooks';
import type { Caller } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { NameDialog } from '../ui/dialogs/name-dialog.tsx';
import { PersonPicture } from '../ui/person-picture.tsx';

/** The person: picture, name, role. They can change their name. */
export function OwnPerson({ caller }: { readonly caller: Caller }) {
  const texts = useTexts();
  const { account: words } = texts.site;
  const [isRenaming, setRenaming] = useState(false);
  return (
    <div class="settings-card person">
      <PersonPicture name={caller.name} />
      <strong>{personName(caller, texts)}</strong>
      <span class="tag">{words.roles[caller.role === 'owner' ? 'owner' : 'member']}</span>
      <button type="button" class="icon-button" aria-label={words.rename} onClick={() => setRenaming(true)}>
        <Icon name="rename" />
      </button>
      {isRenaming && <OwnNameDialog name={caller.name ?? ''} onClose={() => setRenaming(false)} />}
    </div>
  );
}

function OwnNameDialog({ name: value, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { account: words } = useTexts().site;
  const { account, caller, toasts } = useStores();
  const rename = async (name: string) => {
    await account.patchMe({ name });
    await caller.load();
  };
  const save = (name: string) => {
    toasts.follow(rename(name), words.renamed);
    onClose();
  };
  const texts = { heading: words.renameHeading, label: words.name, value };
  return <NameDialog {...texts} maxLength={100} onSave={save} onClose={onClose} />;
}

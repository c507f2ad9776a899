import { useState } from 'preact/hooks';
import type { Passkey } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { NameDialog } from '../ui/dialogs/name-dialog.tsx';

type Step = 'rename' | 'revoke';

interface PasskeyRowProps {
  readonly passkey: Passkey;
  /** True for the person whose passkey it is. */
  readonly isOwn: boolean;
  readonly onChanged: () => Promise<void>;
}

/** A passkey in a list, with a button to revoke it, which is confirmed first; the person themselves can rename it, too. */
export function PasskeyRow({ passkey, isOwn, onChanged }: PasskeyRowProps) {
  const { passkeys: words } = useTexts().site;
  const [step, setStep] = useState<Step>();
  const { name, createdAt, usedAt } = passkey;
  return (
    <li class="row">
      <span class="row-icon">
        <Icon name="passkey" />
      </span>
      <div class="row-text">
        <strong>{name}</strong>
        <small>{usedAt === null ? words.made(createdAt) : words.used(usedAt)}</small>
      </div>
      {isOwn && (
        <button type="button" class="icon-button" aria-label={words.renameOf(name)} onClick={() => setStep('rename')}>
          <Icon name="rename" />
        </button>
      )}
      <button type="button" class="icon-button" aria-label={words.revokeOf(name)} onClick={() => setStep('revoke')}>
        <Icon name="trash" />
      </button>
      {step && <PasskeyDialog step={step} passkey={passkey} onChanged={onChanged} onClose={() => setStep(undefined)} />}
    </li>
  );
}

interface PasskeyDialogProps extends Omit<PasskeyRowProps, 'isOwn'> {
  readonly step: Step;
  readonly onClose: () => void;
}

function PasskeyDialog({ step, passkey, onChanged, onClose }: PasskeyDialogProps) {
  const { passkeys: words } = useTexts().site;
  const { passkeys, toasts } = useStores();
  const follow = (action: Promise<unknown>, done: string) => {
    toasts.follow(action.then(onChanged), done);
    onClose();
  };
  if (step === 'rename') {
    const texts = { heading: words.rename, label: words.name, value: passkey.name };
    const save = (name: string) => follow(passkeys.rename(passkey.id, { name }), words.renamed);
    return <NameDialog {...texts} maxLength={100} onSave={save} onClose={onClose} />;
  }
  const texts = { heading: words.revokeHeading(passkey.name), hint: words.revokeHint, action: words.revoke };
  const revoke = () => follow(passkeys.revoke(passkey.id), words.revoked);
  return <ConfirmDialog {...texts} icon="trash" onConfirm={revoke} onClose={onClose} />;
}

import { useState } from 'preact/hooks';
import type { MemberRole, NewInvitation } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { NewInvitationLinks } from './new-invitation-links.tsx';
import { SegmentChoice } from '../ui/segment-choice.tsx';
import { UsesChoice } from './uses-choice.tsx';

const DAY_SECONDS = 86_400;
const roles = ['member', 'owner'] as const satisfies readonly MemberRole[];
const dayChoices = [1, 7, 30] as const;

interface InviteDialogProps {
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** Makes an invitation: role, number of people, validity. */
export function InviteDialog({ onChanged, onClose }: InviteDialogProps) {
  const { invite: words, share, account } = useTexts().site;
  const { caller, people, toasts } = useStores();
  const [role, setRole] = useState<MemberRole>('member');
  const [uses, setUses] = useState(1);
  const [days, setDays] = useState<(typeof dayChoices)[number]>(7);
  const [invitation, setInvitation] = useState<NewInvitation>();
  const [busy, setBusy] = useState(false);

  const create = async () => {
    setBusy(true);
    try {
      setInvitation(await people.createInvitation({ role, uses, lifetimeSeconds: days * DAY_SECONDS }));
      await onChanged();
    } finally {
      setBusy(false);
    }
  };
  const hasBot = caller.caller.value?.botName != null;
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      <p class="note-text">{hasBot ? words.hint : words.hintWithoutBot}</p>
      {invitation && <NewInvitationLinks invitation={invitation} />}
      <SegmentChoice
        label={words.role}
        options={roles}
        chosen={role}
        textOf={(option) => account.roles[option]}
        onChoose={setRole}
      />
      <p class="note-text note-small">{words.roleHints[role]}</p>
      <UsesChoice uses={uses} onChoose={setUses} />
      <SegmentChoice label={share.lifetime} options={dayChoices} chosen={days} textOf={share.days} onChoose={setDays} />
      <button
        type="button"
        class={invitation ? 'button' : 'button button-primary'}
        disabled={busy}
        onClick={() => toasts.follow(create())}
      >
        <Icon name="link" />
        {invitation ? words.makeAnother : words.make}
      </button>
    </Dialog>
  );
}

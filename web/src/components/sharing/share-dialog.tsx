import { useState } from 'preact/hooks';
import type { NewShare } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useRequest } from '../../connection/use-request.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';
import { NewShareLinks } from './new-share-links.tsx';
import { SegmentChoice } from '../ui/segment-choice.tsx';
import { ShareList } from './share-list.tsx';

const DAY_SECONDS = 86_400;
const dayChoices = [1, 7, 30] as const;

/** The subject of a share: an item or the station. */
export interface ShareSubject {
  /** Null: the station. */
  readonly mediaId: string | null;
  readonly title: string;
}

interface ShareDialogProps {
  readonly subject: ShareSubject;
  readonly onClose: () => void;
}

/** Creates share links for people without an account, and revokes active ones. */
export function ShareDialog({ subject, onClose }: ShareDialogProps) {
  const { share: words } = useTexts().site;
  const { shares, toasts } = useStores();
  const { mediaId, title } = subject;
  const [days, setDays] = useState<(typeof dayChoices)[number]>(7);
  const [newShare, setNewShare] = useState<NewShare>();
  const [busy, setBusy] = useState(false);
  const active = useRequest(() => shares.list(mediaId));

  const create = async () => {
    setBusy(true);
    try {
      setNewShare(await shares.create(mediaId, days * DAY_SECONDS));
      await active.reload();
    } finally {
      setBusy(false);
    }
  };
  const revoke = async (id: string) => {
    await shares.revoke(id);
    setNewShare((share) => (share?.id === id ? undefined : share));
    await active.reload();
  };

  return (
    <Dialog heading={mediaId === null ? words.radioHeading : words.heading} onClose={onClose}>
      {mediaId !== null && <p class="share-title">{title}</p>}
      <p class="note-text">{mediaId === null ? words.radioHint : words.hint}</p>
      {newShare && <NewShareLinks share={newShare} title={title} />}
      <SegmentChoice label={words.lifetime} options={dayChoices} chosen={days} textOf={words.days} onChoose={setDays} />
      <button
        type="button"
        class={newShare ? 'button' : 'button button-primary'}
        disabled={busy}
        onClick={() => toasts.follow(create())}
      >
        <Icon name="link" />
        {newShare ? words.makeAnother : words.make}
      </button>
      {active.failure !== '' && <FailureNote sentence={active.failure} />}
      <ShareList shares={active.value ?? []} onRevoke={(id) => toasts.follow(revoke(id), words.stopped)} />
    </Dialog>
  );
}

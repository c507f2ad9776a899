import { useState } from 'preact/hooks';
import type { NewShare } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { useStores } from '../../stores/stores.ts';
import { useRequest } from '../../connection/use-request.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';
import { NewShareLinks } from './new-share-links.tsx';
import { ShareList } from './share-list.tsx';

const { share: words } = texts.site;
const DAY_SECONDS = 86_400;
const dayChoices = [1, 7, 30] as const;

/** What a share is of: the title of an item, or the station. */
export interface ShareSubject {
  /** Null: the station. */
  readonly mediaId: string | null;
  readonly title: string;
}

interface ShareDialogProps {
  readonly subject: ShareSubject;
  readonly onClose: () => void;
}

/** Makes a link for people without an account, and ends those that are out there. */
export function ShareDialog({ subject, onClose }: ShareDialogProps) {
  const { shares, toasts } = useStores();
  const { mediaId, title } = subject;
  const [days, setDays] = useState(7);
  const [made, setMade] = useState<NewShare>();
  const [busy, setBusy] = useState(false);
  const good = useRequest(() => shares.list(mediaId));

  const make = async () => {
    setBusy(true);
    try {
      setMade(await shares.make(mediaId, days * DAY_SECONDS));
      await good.reload();
    } finally {
      setBusy(false);
    }
  };
  const stop = async (id: string) => {
    await shares.revoke(id);
    setMade((fresh) => (fresh?.id === id ? undefined : fresh));
    await good.reload();
  };

  return (
    <Dialog heading={mediaId === null ? words.radioHeading : words.heading} onClose={onClose}>
      {mediaId !== null && <p class="share-title">{title}</p>}
      <p class="dialog-text">{mediaId === null ? words.radioHint : words.hint}</p>
      {made && <NewShareLinks made={made} title={title} />}
      <LifetimeChoice days={days} onChoose={setDays} />
      <button
        type="button"
        class={made ? 'button' : 'button button-primary'}
        disabled={busy}
        onClick={() => toasts.follow(make())}
      >
        <Icon name="link" />
        {made ? words.makeAnother : words.make}
      </button>
      {good.failure !== '' && <FailureNote sentence={good.failure} />}
      <ShareList shares={good.value ?? []} onStop={(id) => toasts.follow(stop(id), words.stopped)} />
    </Dialog>
  );
}

interface LifetimeChoiceProps {
  readonly days: number;
  readonly onChoose: (days: number) => void;
}

function LifetimeChoice({ days, onChoose }: LifetimeChoiceProps) {
  return (
    <div class="lifetime">
      <span id="lifetime">{words.lifetime}</span>
      <div class="segments" role="group" aria-labelledby="lifetime">
        {dayChoices.map((count) => (
          <button key={count} type="button" aria-pressed={days === count} onClick={() => onChoose(count)}>
            {words.days(count)}
          </button>
        ))}
      </div>
    </div>
  );
}

import { useState } from 'preact/hooks';
import { TRASH_DAYS, type Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';

interface TrashRowProps {
  readonly item: Media;
  readonly onRestore: (id: string) => void;
  readonly onPurge: (id: string) => void;
}

const DAY_MS = 86_400_000;

/** A deleted item, with the days that are left, and buttons that restore it or delete it for good. */
export function TrashRow({ item, onRestore, onPurge }: TrashRowProps) {
  const { trash: words } = useTexts().site;
  const [isAsking, setAsking] = useState(false);
  const { id, title, poster, type } = item;
  return (
    <li class="row trash-row">
      <Poster src={poster} type={type} id={id} />
      <div class="row-text">
        <strong>{title}</strong>
        <small>{useDetails(item)}</small>
      </div>
      <button type="button" class="button" aria-label={words.restoreTitle(title)} onClick={() => onRestore(id)}>
        <Icon name="retry" />
        <span>{words.restore}</span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={words.purgeTitle(title)}
        title={words.purge}
        onClick={() => setAsking(true)}
      >
        <Icon name="trash" />
      </button>
      {isAsking && (
        <ConfirmDialog
          {...{ heading: words.purgeHeading, hint: words.purgeHint(title), action: words.purge, icon: 'trash' }}
          onConfirm={() => onPurge(id)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

/** Returns the size of a deleted item, when it was deleted, and the days that are left. */
function useDetails({ bytes, deletedAt }: Media): string {
  const { site, formats } = useTexts();
  const { trash: words } = site;
  if (deletedAt === null) return formats.bytes(bytes);
  const leftMs = Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - Date.now();
  const left = words.daysLeft(Math.max(0, Math.ceil(leftMs / DAY_MS)));
  return [formats.bytes(bytes), words.deletedAt(deletedAt), left].join(' · ');
}

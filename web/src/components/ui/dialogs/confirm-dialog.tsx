import { useTexts } from '../../../language/texts-context.ts';
import { Dialog } from './dialog.tsx';
import { Icon, type IconName } from '../icon.tsx';

interface ConfirmDialogProps {
  readonly heading: string;
  /** Says what the action ends or deletes. */
  readonly hint: string;
  /** The action, as the text of its button. */
  readonly action: string;
  readonly icon: IconName;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation before an action that cannot be undone. */
export function ConfirmDialog({ heading, hint, action, icon, onConfirm, onClose }: ConfirmDialogProps) {
  const { site } = useTexts();
  return (
    <Dialog heading={heading} onClose={onClose}>
      <p class="note-text">{hint}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {site.cancel}
        </button>
        <button type="button" class="button button-danger" onClick={onConfirm}>
          <Icon name={icon} />
          {action}
        </button>
      </div>
    </Dialog>
  );
}

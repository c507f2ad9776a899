import { useTexts } from '../../language/texts-context.ts';

interface SaveButtonsProps {
  readonly onCancel: () => void;
  /** The form cannot be sent. Default: false. */
  readonly isIncomplete?: boolean;
}

/** The buttons under a form in a dialog: one closes it, one sends the form. */
export function SaveButtons({ onCancel, isIncomplete = false }: SaveButtonsProps) {
  const { site } = useTexts();
  return (
    <div class="dialog-buttons">
      <button type="button" class="button" onClick={onCancel}>
        {site.cancel}
      </button>
      <button type="submit" class="button button-primary" disabled={isIncomplete}>
        {site.item.save}
      </button>
    </div>
  );
}

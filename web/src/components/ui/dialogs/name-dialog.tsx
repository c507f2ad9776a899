import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { SaveButtons } from '../save-buttons.tsx';

interface NameDialogProps {
  readonly heading: string;
  /** Label of the field. */
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** Called with the trimmed name, which is not empty. */
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for a new name. */
export function NameDialog({ heading, label, value, maxLength, onSave, onClose }: NameDialogProps) {
  const [name, setName] = useState(value);
  const save = (event: Event) => {
    event.preventDefault();
    onSave(name.trim());
  };
  return (
    <Dialog heading={heading} onClose={onClose}>
      <form class="dialog-form" onSubmit={save}>
        <label class="field">
          <span>{label}</span>
          <input
            class="input"
            value={name}
            maxLength={maxLength}
            required
            autoFocus
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <SaveButtons onCancel={onClose} isIncomplete={name.trim() === ''} />
      </form>
    </Dialog>
  );
}

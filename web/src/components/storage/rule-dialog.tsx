import { useId, useState } from 'preact/hooks';
import { NO_RETENTION, type RetentionRule } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { SaveButtons } from '../ui/save-buttons.tsx';

interface RuleDialogProps {
  readonly heading: string;
  readonly rule: RetentionRule;
  /** Counts the items of a collection instead of those of each person. */
  readonly isOfCollection: boolean;
  readonly onSave: (rule: RetentionRule) => void;
  readonly onClose: () => void;
}

const FIELDS = ['watchedDays', 'unwatchedDays', 'keepLast'] as const;
const MOST = { watchedDays: 3650, unwatchedDays: 3650, keepLast: 100_000 } as const;

/** Asks for the days and numbers of a rule; an empty field is no rule. */
export function RuleDialog({ heading, rule, isOfCollection, onSave, onClose }: RuleDialogProps) {
  const { site } = useTexts();
  const { storage: words } = site;
  const hintId = useId();
  const [entered, setEntered] = useState<RetentionRule>({ ...NO_RETENTION, ...rule });
  const save = (event: Event) => {
    event.preventDefault();
    onSave(entered);
  };
  return (
    <Dialog heading={heading} onClose={onClose}>
      <p class="note-text" id={hintId}>
        {words.fieldHint} {words.rulesHint}
      </p>
      <form class="dialog-form" onSubmit={save}>
        {FIELDS.map((field) => (
          <label key={field} class="field">
            <span>{isOfCollection && field === 'keepLast' ? site.collections.keepLastField : words.fields[field]}</span>
            <input
              class="input"
              type="number"
              inputMode="numeric"
              min={1}
              max={MOST[field]}
              step={1}
              aria-describedby={hintId}
              value={entered[field] ?? ''}
              onInput={({ currentTarget: { value, valueAsNumber } }) =>
                setEntered({ ...entered, [field]: value === '' ? null : valueAsNumber })
              }
            />
          </label>
        ))}
        <SaveButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}

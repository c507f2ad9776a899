import { useState } from 'preact/hooks';
import { limitNames, type LimitName, type Limits, type PersonLimits } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { enteredLimits, limitInputs, limitUnits, type LimitInput, type LimitMode } from './limit-input.ts';
import { SaveButtons } from '../ui/save-buttons.tsx';

interface LimitsDialogProps {
  readonly heading: string;
  readonly hint?: string;
  readonly limits: PersonLimits;
  /** The limits of all members, when these are the exceptions of one. */
  readonly defaults?: Limits;
  readonly onSave: (limits: PersonLimits) => void;
  readonly onClose: () => void;
}

/** Asks for the limits of all members, or for the exceptions of one. */
export function LimitsDialog({ heading, hint, limits, defaults, onSave, onClose }: LimitsDialogProps) {
  const [inputs, setInputs] = useState(() => limitInputs(limits));
  const save = (event: Event) => {
    event.preventDefault();
    onSave(enteredLimits(inputs));
  };
  return (
    <Dialog heading={heading} onClose={onClose}>
      {hint !== undefined && <p class="note-text">{hint}</p>}
      <form class="dialog-form" onSubmit={save}>
        {limitNames.map((name) => (
          <LimitField
            key={name}
            name={name}
            input={inputs[name]}
            defaults={defaults}
            onChange={(input) => setInputs({ ...inputs, [name]: input })}
          />
        ))}
        <SaveButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}

interface LimitFieldProps {
  readonly name: LimitName;
  readonly input: LimitInput;
  readonly defaults: Limits | undefined;
  readonly onChange: (input: LimitInput) => void;
}

function LimitField({ name, input, defaults, onChange }: LimitFieldProps) {
  const { limits: words } = useTexts().site;
  const { least, most, step } = limitUnits[name];
  const texts: Record<LimitMode, string> = {
    default: words.byDefault(defaultText(defaults?.[name] ?? null, words.none, words.values[name])),
    none: words.none,
    own: words.own,
  };
  const modes = (['default', 'none', 'own'] as const).filter((mode) => mode !== 'default' || defaults);
  return (
    <div class="limit-field">
      <label class="segment-choice">
        <span>{words.names[name]}</span>
        <span class="choice">
          <select
            value={input.mode}
            onChange={({ currentTarget }) => onChange({ ...input, mode: currentTarget.value as LimitMode })} // its options
          >
            {modes.map((mode) => (
              <option key={mode} value={mode}>
                {texts[mode]}
              </option>
            ))}
          </select>
        </span>
      </label>
      {input.mode === 'own' && (
        <label class="field">
          <span>{words.amounts[name]}</span>
          <input
            class="input"
            type="number"
            inputMode="decimal"
            min={least}
            max={most}
            step={step}
            required
            value={input.amount}
            onInput={({ currentTarget }) => onChange({ ...input, amount: currentTarget.value })}
          />
        </label>
      )}
    </div>
  );
}

function defaultText(limit: number | null, none: string, format: (limit: number) => string): string {
  return limit === null ? none : format(limit);
}

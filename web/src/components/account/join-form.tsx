import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';

const REFUSAL_ID = 'join-refusal';

interface JoinFormProps {
  /** The sentence of the last failure; empty: none. */
  readonly refusal: string;
  /** Accepts the invitation under this name. */
  readonly onJoin: (name: string) => Promise<void>;
}

/** The form of a person with an invitation: it asks for their name. */
export function JoinForm({ refusal, onJoin }: JoinFormProps) {
  const { join: words } = useTexts().site;
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);

  const send = async () => {
    setBusy(true);
    await onJoin(name.trim());
    setBusy(false);
  };
  return (
    <form
      class="sign-in-form"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && name.trim() !== '') void send();
      }}
    >
      <label class="field">
        <span>{words.name}</span>
        <input
          ref={field}
          class="input"
          name="name"
          autocomplete="name"
          enterkeyhint="go"
          maxLength={100}
          required
          aria-describedby={REFUSAL_ID}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <small class="field-hint">{words.nameHint}</small>
      </label>
      <p id={REFUSAL_ID} class="form-refusal" role="alert">
        {refusal}
      </p>
      <button type="submit" class="button button-primary button-large" disabled={name.trim() === ''}>
        {busy ? words.working : words.submit}
      </button>
    </form>
  );
}

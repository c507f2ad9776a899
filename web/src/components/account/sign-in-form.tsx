import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { caretBehind, formatSignInCode, isSignInCode } from '../../sign-in/sign-in-code.ts';

/** The form for a sign-in code. After a refusal the field keeps the focus, and its text is selected. */
export function SignInForm() {
  const { signIn: words } = useTexts().site;
  const { caller } = useStores();
  const field = useRef<HTMLInputElement>(null);
  const code = useSignal('');
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);

  const type = (input: HTMLInputElement) => {
    const before = input.value.slice(0, input.selectionStart ?? input.value.length);
    const atEnd = before.length === input.value.length;
    input.value = code.value = formatSignInCode(input.value);
    caller.refusal.value = '';
    const caret = atEnd ? code.value.length : caretBehind(before);
    input.setSelectionRange(caret, caret);
  };

  const send = async () => {
    if (!isSignInCode(code.value)) caller.refusal.value = words.incomplete;
    else {
      setBusy(true);
      await caller.signIn({ code: code.value });
      setBusy(false);
    }
    field.current?.focus();
    field.current?.select();
  };

  const refusal = caller.refusal.value;
  return (
    <form
      class="sign-in-form"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <label class="field">
        <span>{words.code}</span>
        <input
          ref={field}
          class="input code-input"
          name="code"
          type="text"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          placeholder={words.placeholder}
          aria-invalid={refusal !== ''}
          aria-describedby="sign-in-refusal"
          value={code.value}
          onInput={({ currentTarget }) => type(currentTarget)}
        />
      </label>
      <p id="sign-in-refusal" class="form-refusal" role="alert">
        {refusal}
      </p>
      <button type="submit" class="button button-primary button-large">
        {busy ? words.working : words.submit}
      </button>
    </form>
  );
}

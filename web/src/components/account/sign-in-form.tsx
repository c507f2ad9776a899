import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { isSignInCode } from '../../sign-in/sign-in-code.ts';
import { CodeField } from './code-field.tsx';

const REFUSAL_ID = 'sign-in-refusal';

/** The form for a sign-in code. After a refusal the field keeps the focus, and its text is selected. */
export function SignInForm() {
  const { signIn: words } = useTexts().site;
  const { caller } = useStores();
  const field = useRef<HTMLInputElement>(null);
  const code = useSignal('');
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);

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
      <CodeField
        code={code}
        field={field}
        isRefused={refusal !== ''}
        refusalId={REFUSAL_ID}
        onChange={() => (caller.refusal.value = '')}
      />
      <p id={REFUSAL_ID} class="form-refusal" role="alert">
        {refusal}
      </p>
      <button type="submit" class="button button-primary button-large">
        {busy ? words.working : words.submit}
      </button>
    </form>
  );
}

import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useTexts } from '../../language/texts-context.ts';
import { caretBehind, formatSignInCode } from '../../sign-in/sign-in-code.ts';

interface CodeFieldProps {
  readonly code: Signal<string>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly isRefused: boolean;
  /** Id of the element with the sentence of the refusal. */
  readonly refusalId: string;
  readonly onChange: () => void;
}

/** The field for a sign-in code. It formats what is typed, and the caret keeps its position. */
export function CodeField({ code, field, isRefused, refusalId, onChange }: CodeFieldProps) {
  const { signIn: words } = useTexts().site;

  const type = (input: HTMLInputElement) => {
    const before = input.value.slice(0, input.selectionStart ?? input.value.length);
    const atEnd = before.length === input.value.length;
    input.value = code.value = formatSignInCode(input.value);
    onChange();
    const caret = atEnd ? code.value.length : caretBehind(before);
    input.setSelectionRange(caret, caret);
  };

  return (
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
        aria-invalid={isRefused}
        aria-describedby={refusalId}
        value={code.value}
        onInput={({ currentTarget }) => type(currentTarget)}
      />
    </label>
  );
}

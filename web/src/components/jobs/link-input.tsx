import type { Ref } from 'preact';
import { useTexts } from '../../language/texts-context.ts';

interface LinkInputProps {
  readonly field: Ref<HTMLInputElement>;
  readonly url: string;
  readonly onInput: (url: string) => void;
}

/** The input for the link of a new job. */
export function LinkInput({ field, url, onInput }: LinkInputProps) {
  const { add: words } = useTexts().site;
  return (
    <input
      ref={field}
      type="text"
      inputMode="url"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      enterkeyhint="go"
      aria-label={words.field}
      placeholder={words.placeholder}
      value={url}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}

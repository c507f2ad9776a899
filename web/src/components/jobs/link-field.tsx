import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { LinkInput } from './link-input.tsx';

/** The field for the link of a new job, with a button that pastes one. */
export function LinkField({ url }: { readonly url: Signal<string> }) {
  const { add: words } = useTexts().site;
  const { toasts } = useStores();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (url.value === '') field.current?.focus();
  }, []);
  const paste = async () => {
    url.value = (await navigator.clipboard.readText()).trim();
  };
  return (
    <div class="add-field">
      <Icon name="link" />
      <LinkInput field={field} url={url.value} onInput={(link) => (url.value = link)} />
      {'clipboard' in navigator && (
        <button
          type="button"
          class="button"
          onClick={() => {
            paste().catch(() => toasts.show('trouble', words.pasteRefused));
          }}
        >
          <Icon name="paste" />
          {words.paste}
        </button>
      )}
    </div>
  );
}

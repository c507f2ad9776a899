import type { NewPersonalKey } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface NewKeyProps {
  readonly made: NewPersonalKey;
  readonly onDone: () => void;
}

/** A new API key, which is shown here and nowhere else. */
export function NewKey({ made, onDone }: NewKeyProps) {
  const { keys: words } = useTexts().site;
  const { toasts } = useStores();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.key); // missing on plain HTTP pages other than localhost
      toasts.show('done', words.copied);
    } catch (error) {
      console.debug('clipboard not available', error);
      toasts.show('trouble', words.copyRefused);
    }
  };
  return (
    <>
      <label class="field">
        <span>{words.key}</span>
        <input
          class="input key-field"
          readOnly
          value={made.key}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
      <p class="note-text">{words.keyHint}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onDone}>
          {words.done}
        </button>
        <button type="button" class="button button-primary" onClick={() => void copy()}>
          <Icon name="copy" />
          {words.copy}
        </button>
      </div>
    </>
  );
}

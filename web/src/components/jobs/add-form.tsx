import { useRef, useState } from 'preact/hooks';
import type { Job, MediaType } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { LinkInput } from './link-input.tsx';
import { ListDialog } from './list-dialog.tsx';
import { useSending } from './use-sending.ts';
import { useNextVisibility, VisibilitySelect } from './visibility-select.tsx';

/** The form for a new job at the top of the library: a link, and video or audio. */
export function AddForm({ onSent }: { readonly onSent?: (job: Job) => void }) {
  const { site } = useTexts();
  const { toasts, preferences } = useStores();
  const field = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');
  const preferred = preferences.current.value.type ?? 'video';
  const visibility = useNextVisibility();
  const sending = useSending((job) => {
    setUrl('');
    visibility.reset();
    toasts.show('done', site.add.accepted);
    onSent?.(job);
  });

  const send = (type: MediaType) => {
    const link = url.trim();
    if (link === '') {
      toasts.show('trouble', site.add.missing);
      return field.current?.focus();
    }
    preferences.remember({ type });
    sending.send({ url: link, type, ...visibility.request }, 'ask');
  };

  return (
    <>
      <form
        class="add-form"
        onSubmit={(event) => {
          event.preventDefault();
          send(preferred);
        }}
      >
        <label class="add-field">
          <Icon name="link" />
          <LinkInput field={field} url={url} onInput={setUrl} />
        </label>
        {(['video', 'audio'] as const).map((type) => (
          <TypeButton key={type} type={type} isPreferred={type === preferred} onClick={() => send(type)} />
        ))}
        {url.trim() !== '' && <VisibilitySelect next={visibility} />}
        <p class="add-status" role="status">
          {sending.isBusy ? site.add.reading : ''}
        </p>
      </form>
      <ListDialog {...sending} />
    </>
  );
}

interface TypeButtonProps {
  readonly type: MediaType;
  readonly isPreferred: boolean;
  readonly onClick: () => void;
}

/** Sends the link as one type. The preferred one stands out, and is what the Enter key sends. */
function TypeButton({ type, isPreferred, onClick }: TypeButtonProps) {
  const { site } = useTexts();
  const content = (
    <>
      <Icon name={type === 'video' ? 'video' : 'music'} />
      {site.types[type]}
    </>
  );
  if (isPreferred)
    return (
      <button type="submit" class="button button-primary">
        {content}
      </button>
    );
  return (
    <button type="button" class="button" onClick={onClick}>
      {content}
    </button>
  );
}

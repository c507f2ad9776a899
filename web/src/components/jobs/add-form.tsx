import { useRef, useState } from 'preact/hooks';
import type { Job, MediaType } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

/** The form for a new job at the top of the library: a link, and video or audio. */
export function AddForm({ onSent }: { readonly onSent?: (job: Job) => void }) {
  const { site } = useTexts();
  const { jobs, toasts } = useStores();
  const field = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');

  const send = (type: MediaType) => {
    const link = url.trim();
    if (link === '') {
      toasts.show('trouble', site.add.missing);
      return field.current?.focus();
    }
    const sending = jobs.send({ url: link, type }).then((job) => {
      setUrl('');
      onSent?.(job);
    });
    toasts.follow(sending, site.add.accepted);
  };

  return (
    <form
      class="add-form"
      onSubmit={(event) => {
        event.preventDefault();
        send('video');
      }}
    >
      <label class="add-field">
        <Icon name="link" />
        <span class="hidden">{site.add.field}</span>
        <input
          ref={field}
          type="text"
          inputMode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          placeholder={site.add.placeholder}
          value={url}
          onInput={({ currentTarget }) => setUrl(currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button-primary">
        <Icon name="video" />
        {site.types.video}
      </button>
      <button type="button" class="button" onClick={() => send('audio')}>
        <Icon name="music" />
        {site.types.audio}
      </button>
    </form>
  );
}

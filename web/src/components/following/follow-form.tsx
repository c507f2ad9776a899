import { useState } from 'preact/hooks';
import type { MediaType } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { SegmentChoice } from '../ui/segment-choice.tsx';
import { enteredOptions, noOptions, type FollowOptions } from './follow-options.ts';
import { OptionFields } from './option-fields.tsx';

const TYPES: readonly MediaType[] = ['video', 'audio'];
const MOST_LAST = 1000;

/** The form that follows a channel, playlist or feed, with its options. */
export function FollowForm({ onFollowed }: { readonly onFollowed: () => Promise<void> }) {
  const { site } = useTexts();
  const { following: words } = site;
  const { following, toasts } = useStores();
  const [url, setUrl] = useState('');
  const [type, setType] = useState<MediaType>('video');
  const [last, setLast] = useState('');
  const [options, setOptions] = useState<FollowOptions>(noOptions);
  const [isBusy, setBusy] = useState(false);

  const follow = async (): Promise<void> => {
    setBusy(true);
    try {
      await following.follow({ url: url.trim(), type, last: Number(last), ...enteredOptions(options) });
      setUrl('');
      setOptions(noOptions);
      await onFollowed();
    } finally {
      setBusy(false);
    }
  };
  const send = (event: Event) => {
    event.preventDefault();
    if (!isBusy) toasts.follow(follow(), words.followed);
  };

  return (
    <form class="panel follow-form" onSubmit={send}>
      <label class="field">
        <span>{words.link}</span>
        <input
          class="input"
          {...{ type: 'text', inputMode: 'url', autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
          required
          value={url}
          onInput={({ currentTarget }) => setUrl(currentTarget.value)}
        />
      </label>
      <SegmentChoice
        {...{ label: words.type, options: TYPES, chosen: type, onChoose: setType }}
        textOf={(option) => site.types[option]}
      />
      <MoreOptions {...{ last, options }} onLast={setLast} onOptions={setOptions} />
      <div class="follow-buttons">
        <button type="submit" class="button button-primary" disabled={isBusy}>
          {words.follow}
        </button>
        <span role="status">{isBusy ? words.reading : ''}</span>
      </div>
    </form>
  );
}

interface MoreOptionsProps {
  /** The number of videos that are there already, as it is typed. */
  readonly last: string;
  readonly options: FollowOptions;
  readonly onLast: (last: string) => void;
  readonly onOptions: (options: FollowOptions) => void;
}

function MoreOptions({ last, options, onLast, onOptions }: MoreOptionsProps) {
  const { following: words } = useTexts().site;
  return (
    <details>
      <summary>{words.options}</summary>
      <div class="dialog-form">
        <label class="field">
          <span>{words.fields.last}</span>
          <input
            class="input"
            {...{ type: 'number', inputMode: 'numeric', min: 0, max: MOST_LAST, step: 1 }}
            value={last}
            onInput={({ currentTarget }) => onLast(currentTarget.value)}
          />
        </label>
        <OptionFields options={options} onChange={onOptions} />
      </div>
    </details>
  );
}

import { useEffect, useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';

const TYPING_MS = 250;

/** Searches the audio of the library and requests a track, which airs next. */
export function RequestPicker() {
  const { radio: words } = useTexts().site;
  const [q, setQ] = useState('');
  const found = useAudio(q);
  return (
    <section class="track-section">
      <h2>{words.request}</h2>
      <p class="track-empty">{words.requestHint}</p>
      <label class="search">
        <Icon name="search" />
        <span class="hidden">{words.requestSearch}</span>
        <input
          type="search"
          placeholder={words.requestSearch}
          maxLength={200}
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
      </label>
      {found?.length === 0 && <p class="track-empty">{q === '' ? words.requestEmpty : words.requestNone}</p>}
      <ul class="track-list">
        {found?.map((item) => (
          <RequestRow key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function RequestRow({ item }: { readonly item: Media }) {
  const { radio: words, item: itemWords } = useTexts().site;
  const { station, toasts } = useStores();
  return (
    <li>
      <button
        type="button"
        class="track"
        aria-label={words.requestOne(item.title)}
        onClick={() => toasts.follow(station.request(item.id), itemWords.requested)}
      >
        <span class="track-picture">
          <Poster src={item.poster} type="audio" id={item.id} />
        </span>
        <span class="track-text">
          <strong>{item.title}</strong>
          {item.uploader !== null && <small>{item.uploader}</small>}
        </span>
        <Icon name="add" />
      </button>
    </li>
  );
}

/** Finds matching audio items; undefined until the first response. */
function useAudio(q: string): readonly Media[] | undefined {
  const { findAudio, toasts } = useStores();
  const [found, setFound] = useState<readonly Media[]>();
  useEffect(() => {
    let isCurrent = true;
    const find = async () => {
      const items = await findAudio(q.trim());
      if (isCurrent) setFound(items);
    };
    const timer = setTimeout(() => toasts.follow(find()), q === '' ? 0 : TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [q]);
  return found;
}

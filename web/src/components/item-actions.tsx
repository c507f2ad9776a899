import { texts, type Media } from '@linkcast/contracts';
import { useStores } from '../data/stores.ts';
import { copyLink } from './copy-link.ts';
import { Icon } from './icon.tsx';

const { item: words } = texts.site;

/** What a person does with an item while it plays: pass it on, take it along, put it on the radio. */
export function ItemActions({ item }: { readonly item: Media }) {
  const { notices, station } = useStores();
  const { page, hls, file } = item.links;
  return (
    <div class="actions">
      {item.type === 'audio' && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => notices.follow(station.request(item.id), words.requested)}
        >
          <Icon name="radio" />
          {words.requestOnRadio}
        </button>
      )}
      <button type="button" class="button" onClick={() => void copyLink(page, words.copied, notices)}>
        <Icon name="copy" />
        {words.copyLink}
      </button>
      {hls !== null && (
        <button
          type="button"
          class="button"
          title={words.vlcHint}
          onClick={() => void copyLink(hls, words.vlcCopied, notices)}
        >
          <Icon name="open" />
          {words.vlc}
        </button>
      )}
      {file !== null && (
        <a class="button" href={file} download={`${item.title}.mp3`}>
          <Icon name="download" />
          {words.mp3}
        </a>
      )}
    </div>
  );
}

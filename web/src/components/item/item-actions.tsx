import { useRef } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { useStores } from '../../stores/stores.ts';
import { copyLink } from '../ui/copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { ShareButton } from '../sharing/share-button.tsx';

const { item: words } = texts.site;

/** What a person does with an item while it plays: pass it on, take it along, put it on the radio. */
export function ItemActions({ item }: { readonly item: Media }) {
  const { toasts, station, caller } = useStores();
  const mayAdd = caller.can('add');
  const { page, hls, file } = item.links;
  return (
    <div class="actions">
      {mayAdd && item.type === 'audio' && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => toasts.follow(station.request(item.id), words.requested)}
        >
          <Icon name="radio" />
          {words.requestOnRadio}
        </button>
      )}
      <ShareButton subject={{ mediaId: item.id, title: item.title }} />
      {!mayAdd && (
        <button type="button" class="button" onClick={() => void copyLink(page, words.copied, toasts)}>
          <Icon name="copy" />
          {words.copyLink}
        </button>
      )}
      {hls !== null && <VlcButton mediaId={item.id} hls={hls} />}
      {file !== null && (
        <a class="button" href={file} download={`${item.title}.mp3`}>
          <Icon name="download" />
          {words.mp3}
        </a>
      )}
    </div>
  );
}

interface VlcButtonProps {
  readonly mediaId: string;
  readonly hls: string;
}

/** A player cannot sign in: who may share gives it a share's playlist, made at the first click. Others have an open one. */
function VlcButton({ mediaId, hls }: VlcButtonProps) {
  const { toasts, shares, caller } = useStores();
  const made = useRef<Promise<string>>(undefined);
  const share = async () => (await shares.make(mediaId)).links.hls ?? hls;
  const copy = async () => {
    if (!caller.can('add')) return copyLink(hls, words.vlcCopied, toasts);
    made.current ??= share();
    made.current.catch(() => (made.current = undefined)); // told by copyLink; the next click tries again
    await copyLink(made.current, words.vlcCopied, toasts);
  };
  return (
    <button type="button" class="button" title={words.vlcHint} onClick={() => void copy()}>
      <Icon name="open" />
      {words.vlc}
    </button>
  );
}

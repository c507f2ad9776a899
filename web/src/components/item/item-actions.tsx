import { useRef } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { ShareButton } from '../sharing/share-button.tsx';

/** The buttons under the player: request on the radio, share, copy a link, open in VLC, download. */
export function ItemActions({ item }: { readonly item: Media }) {
  const { item: words } = useTexts().site;
  const { toasts, station, caller } = useStores();
  const copyLink = useCopyLink();
  const mayAdd = caller.can('add');
  const mayShare = caller.may('share-item', item.personId);
  const { page, hls, file } = item.links;
  return (
    <div class="actions">
      {mayAdd && item.type === 'audio' && item.visibility === 'everyone' && (
        <button
          type="button"
          class="button button-primary"
          onClick={() => toasts.follow(station.request(item.id), words.requested)}
        >
          <Icon name="radio" />
          {words.requestOnRadio}
        </button>
      )}
      {mayShare && <ShareButton subject={{ mediaId: item.id, title: item.title }} />}
      {!mayShare && (
        <button type="button" class="button" onClick={() => void copyLink(page, words.copied)}>
          <Icon name="copy" />
          {mayAdd ? words.copyLinkForMembers : words.copyLink}
        </button>
      )}
      {hls !== null && (mayShare || !mayAdd) && <VlcButton mediaId={item.id} hls={hls} />}
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

/**
 * Copies a playlist link for VLC, which cannot sign in. With the right to share, the first click creates a share and
 * copies its playlist; for visitors and guests the item's playlist needs no sign-in.
 */
function VlcButton({ mediaId, hls }: VlcButtonProps) {
  const { item: words } = useTexts().site;
  const { shares, caller } = useStores();
  const copyLink = useCopyLink();
  const shared = useRef<Promise<string>>(undefined);
  const share = async () => (await shares.create(mediaId)).links.hls ?? hls;
  const copy = async () => {
    if (!caller.can('add')) return copyLink(hls, words.vlcCopied);
    shared.current ??= share();
    shared.current.catch(() => (shared.current = undefined)); // copyLink shows the failure; the next click retries
    await copyLink(shared.current, words.vlcCopied);
  };
  return (
    <button type="button" class="button" title={words.vlcHint} onClick={() => void copy()}>
      <Icon name="open" />
      {words.vlc}
    </button>
  );
}

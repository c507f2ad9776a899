import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { StopButton } from './stop-button.tsx';
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
      <StopButton jobId={item.jobId} requesterId={item.personId} />
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
      {hls !== null && mayShare && (
        <ShareButton subject={{ mediaId: item.id, title: item.title }} text={words.playInVlc} icon="open" />
      )}
      {hls !== null && !mayAdd && <VlcButton hls={hls} />}
      {file !== null && (
        <a class="button" href={file} download={`${item.title}.mp3`}>
          <Icon name="download" />
          {words.mp3}
        </a>
      )}
    </div>
  );
}

/** Copies the playlist link for VLC, for visitors and guests: it needs no sign-in. A member shares the item for VLC, which cannot sign in. */
function VlcButton({ hls }: { readonly hls: string }) {
  const { item: words } = useTexts().site;
  const copyLink = useCopyLink();
  return (
    <button type="button" class="button" title={words.vlcHint} onClick={() => void copyLink(hls, words.vlcCopied)}>
      <Icon name="open" />
      {words.vlc}
    </button>
  );
}

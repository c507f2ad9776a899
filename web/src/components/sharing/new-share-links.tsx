import type { NewShare } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { SendButton } from '../ui/send-button.tsx';

interface NewShareLinksProps {
  readonly share: NewShare;
  /** Passed to the share menu of the system with the link. */
  readonly title: string;
}

/** The links of a new share: the page for people, the playlist or the stream for players. */
export function NewShareLinks({ share, title }: NewShareLinksProps) {
  const { share: words } = useTexts().site;
  const copyLink = useCopyLink();
  const { page, hls, file } = share.links;
  const address = location.origin + page;
  const copy = (path: string, done: string) => void copyLink(path, done);
  const isStation = share.mediaId === null;
  return (
    <div class="new-share">
      <label class="field">
        <span>{words.link}</span>
        <input class="input" readOnly value={address} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <div class="actions">
        <button type="button" class="button button-primary" onClick={() => copy(page, words.copied)}>
          <Icon name="copy" />
          {words.copy}
        </button>
        <SendButton title={title} url={address} />
        {hls !== null && (
          <button type="button" class="button" onClick={() => copy(hls, words.copiedStream)}>
            <Icon name="open" />
            {words.copyVlc}
          </button>
        )}
        {file !== null && (
          <button type="button" class="button" onClick={() => copy(file, words.copiedStream)}>
            <Icon name="music" />
            {isStation ? words.copyStream : words.copyFile}
          </button>
        )}
      </div>
      <p class="note-text note-small">{words.linkHint}</p>
    </div>
  );
}

import type { NewInvitation } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from '../ui/icon.tsx';
import { QrCode } from '../ui/qr/qr-code.tsx';
import { SendButton } from '../ui/send-button.tsx';
import { useCopyLink } from '../ui/use-copy-link.ts';

/** Host names that lead to the machine of the browser itself. */
const LOOPBACK = /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

/** The link of a new invitation, its QR code, and its link for Telegram when there is a bot. */
export function NewInvitationLinks({ invitation }: { readonly invitation: NewInvitation }) {
  const { invite: words, share, titles } = useTexts().site;
  const copyLink = useCopyLink();
  const { path, telegramUrl } = invitation;
  const address = location.origin + path;
  return (
    <div class="new-share">
      <label class="field">
        <span>{words.link}</span>
        <input class="input" readOnly value={address} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <div class="actions">
        <button type="button" class="button button-primary" onClick={() => void copyLink(path, words.copied)}>
          <Icon name="copy" />
          {share.copy}
        </button>
        <SendButton title={titles.join} url={address} />
        {telegramUrl !== null && (
          <button type="button" class="button" onClick={() => void copyLink(telegramUrl, words.copied)}>
            <Icon name="send" />
            {words.copyTelegram}
          </button>
        )}
      </div>
      <p class="note-text note-small">{words.linkHint}</p>
      {LOOPBACK.test(location.hostname) ? (
        <p class="note-text note-small">{words.localHint}</p>
      ) : (
        <p class="note-text note-small">{words.qrHint}</p>
      )}
      <QrCode text={address} label={words.qrLabel} />
    </div>
  );
}

import { useEffect, useState } from 'preact/hooks';
import type { NewTelegramLink } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { QrCode } from '../ui/qr/qr-code.tsx';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';

/** Milliseconds from one check for the connection to the next. */
const CHECK_MS = 3000;

interface TelegramDialogProps {
  readonly onConnected: () => void;
  readonly onClose: () => void;
}

/** Shows a link that connects a Telegram account, and its QR code, until the account is connected. */
export function TelegramDialog({ onConnected, onClose }: TelegramDialogProps) {
  const { telegram: words } = useTexts().site;
  const { account } = useStores();
  const link = useRequest(() => account.createTelegramLink());
  const isExpired = useConnectionChecks(link.value, onConnected);
  return (
    <Dialog heading={words.connect} onClose={onClose}>
      {link.failure !== '' && <FailureNote sentence={link.failure} />}
      {link.value && isExpired && <FailureNote sentence={words.expired} onRetry={() => void link.reload()} />}
      {link.value && !isExpired && <LinkView url={link.value.telegramUrl} />}
    </Dialog>
  );
}

function LinkView({ url }: { readonly url: string }) {
  const { telegram: words } = useTexts().site;
  return (
    <div class="new-share">
      <p class="note-text">{words.linkHint}</p>
      <a class="button button-primary" href={url} target="_blank" rel="noreferrer noopener">
        <Icon name="send" />
        {words.open}
      </a>
      <QrCode text={url} label={words.qrLabel} />
      <p class="note-text note-small">{words.linkLimit}</p>
    </div>
  );
}

/** Checks every few seconds, and when the page is shown again, whether an account is connected. @returns true when the link has expired */
function useConnectionChecks(link: NewTelegramLink | undefined, onConnected: () => void): boolean {
  const { account } = useStores();
  const [isExpired, setExpired] = useState(false);
  useEffect(() => {
    if (!link) return;
    const stopped = new AbortController();
    const check = async () => {
      const isOver = Date.parse(link.expiresAt) <= Date.now();
      setExpired(isOver);
      if (isOver || document.visibilityState === 'hidden') return;
      const me = await account.getMe();
      if (me.telegramId === null || stopped.signal.aborted) return;
      stopped.abort();
      onConnected();
    };
    const checkQuietly = () => void check().catch((error: unknown) => console.debug('connection not checked', error));
    const timer = window.setInterval(checkQuietly, CHECK_MS);
    document.addEventListener('visibilitychange', checkQuietly, { signal: stopped.signal });
    setExpired(false);
    return () => {
      stopped.abort();
      window.clearInterval(timer);
    };
  }, [link]);
  return isExpired;
}

import { useState } from 'preact/hooks';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { SegmentChoice } from '../ui/segment-choice.tsx';
import { SettingsSection } from './settings-section.tsx';
import { TelegramDialog } from './telegram-dialog.tsx';

interface TelegramSectionProps {
  /** Called when the account is disconnected, which signs other devices out. */
  readonly onDisconnected: () => void;
}

/** The person's Telegram account: connecting it, and disconnecting it. Nothing where there is no bot. */
export function TelegramSection({ onDisconnected }: TelegramSectionProps) {
  const { telegram: words } = useTexts().site;
  const { account, caller } = useStores();
  const me = useRequest(() => account.getMe());
  const hasBot = caller.caller.value?.botName != null;
  if (!me.value) return null;
  const { telegramId } = me.value;
  const isConnected = telegramId !== null;
  if (!isConnected && !hasBot) return null;
  const disconnected = async () => {
    onDisconnected();
    await me.reload();
  };
  return (
    <SettingsSection heading={words.heading} hint={isConnected ? words.connectedHint(String(telegramId)) : words.hint}>
      {isConnected && <ReportChoice />}
      {isConnected ? <DisconnectButton onDone={disconnected} /> : <ConnectButton onDone={me.reload} />}
    </SettingsSection>
  );
}

type Choice = 'on' | 'off';
const CHOICES: readonly Choice[] = ['on', 'off'];

/** The choice whether the bot reports the ends of jobs from the site. */
function ReportChoice() {
  const { telegram: words } = useTexts().site;
  const { preferences } = useStores();
  return (
    <SegmentChoice
      label={words.reports}
      options={CHOICES}
      chosen={preferences.current.value.jobReports === false ? 'off' : 'on'}
      textOf={(choice) => words.reportChoices[choice]}
      onChoose={(choice) => preferences.remember({ jobReports: choice === 'on' })}
    />
  );
}

function ConnectButton({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { telegram: words } = useTexts().site;
  const { toasts } = useStores();
  const [isOpen, setOpen] = useState(false);
  const connected = () => {
    setOpen(false);
    toasts.follow(onDone(), words.connected);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        <Icon name="send" />
        {words.connect}
      </button>
      {isOpen && <TelegramDialog onConnected={connected} onClose={() => setOpen(false)} />}
    </>
  );
}

function DisconnectButton({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { telegram: words } = useTexts().site;
  const { account, toasts } = useStores();
  const [isAsking, setAsking] = useState(false);
  const disconnect = () => {
    setAsking(false);
    toasts.follow(account.disconnectTelegram().then(onDone), words.disconnected);
  };
  const question = { heading: words.disconnectHeading, hint: words.disconnectHint, action: words.disconnect };
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        <Icon name="leave" />
        {words.disconnect}
      </button>
      {isAsking && <ConfirmDialog {...question} icon="leave" onConfirm={disconnect} onClose={() => setAsking(false)} />}
    </>
  );
}

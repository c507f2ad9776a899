import { useEffect, useState } from 'preact/hooks';
import { paths, type SignInCode } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { SettingsSection } from './settings-section.tsx';

const TICK_MS = 5000;

/** Creates a sign-in code for another device of the person, in letters large enough to type it on a television. */
export function SignInCodeMaker() {
  const { account: words } = useTexts().site;
  const { account, toasts } = useStores();
  const [code, setCode] = useState<SignInCode>();
  const create = async () => setCode(await account.createSignInCode());
  return (
    <SettingsSection heading={words.another}>
      {code ? (
        <NewCode code={code} onExpire={() => setCode(undefined)} />
      ) : (
        <>
          <p class="note-text">{words.anotherHint}</p>
          <button type="button" class="button" onClick={() => toasts.follow(create())}>
            <Icon name="key" />
            {words.makeCode}
          </button>
        </>
      )}
    </SettingsSection>
  );
}

function NewCode({ code, onExpire }: { readonly code: SignInCode; readonly onExpire: () => void }) {
  const { account: words } = useTexts().site;
  const { toasts } = useStores();
  const copyLink = useCopyLink();
  const seconds = useSecondsUntil(code.expiresAt);
  const isExpired = seconds <= 0;
  useEffect(() => {
    if (!isExpired) return;
    toasts.show('trouble', words.codeEnded);
    onExpire();
  }, [isExpired]);
  return (
    <div class="new-code">
      <p>{words.codeHint(location.host + paths.signIn)}</p>
      <output class="code-large">{code.code}</output>
      <p class="note-text">{words.codeLeft(seconds)}</p>
      <button type="button" class="button" onClick={() => void copyLink(code.path, words.copiedCode)}>
        <Icon name="copy" />
        {words.copyCode}
      </button>
    </div>
  );
}

function useSecondsUntil(iso: string): number {
  const left = () => (Date.parse(iso) - Date.now()) / 1000;
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), TICK_MS);
    return () => clearInterval(timer);
  }, [iso]);
  return seconds;
}

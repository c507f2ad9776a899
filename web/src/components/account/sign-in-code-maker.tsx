import { useEffect, useState } from 'preact/hooks';
import { paths, type SignInCode } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { useStores } from '../../stores/stores.ts';
import { copyLink } from '../ui/copy-link.ts';
import { Icon } from '../ui/icon.tsx';

const { account: words } = texts.site;
const TICK_MS = 5000;

/** A code for another device of the owner's: large enough to be typed on a television from across the room. */
export function SignInCodeMaker({ name }: { readonly name: string | null }) {
  const { account, toasts } = useStores();
  const [made, setMade] = useState<SignInCode>();
  const make = async () => {
    setMade(await account.createSignInCode({ role: 'owner', ...(name !== null && { name }) }));
  };
  return (
    <section class="dialog-section">
      <h3>{words.another}</h3>
      {made ? (
        <MadeCode made={made} onEnd={() => setMade(undefined)} />
      ) : (
        <>
          <p class="dialog-text">{words.anotherHint}</p>
          <button type="button" class="button" onClick={() => toasts.follow(make())}>
            <Icon name="key" />
            {words.makeCode}
          </button>
        </>
      )}
    </section>
  );
}

function MadeCode({ made, onEnd }: { readonly made: SignInCode; readonly onEnd: () => void }) {
  const { toasts } = useStores();
  const seconds = useSecondsUntil(made.expiresAt);
  const hasEnded = seconds <= 0;
  useEffect(() => {
    if (!hasEnded) return;
    toasts.show('trouble', words.codeEnded);
    onEnd();
  }, [hasEnded]);
  return (
    <div class="made-code">
      <p>{words.codeHint(location.host + paths.signIn)}</p>
      <output class="code-large">{made.code}</output>
      <p class="dialog-text">{words.codeLeft(seconds)}</p>
      <button type="button" class="button" onClick={() => void copyLink(made.path, words.copiedCode, toasts)}>
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

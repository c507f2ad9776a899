import { useState } from 'preact/hooks';
import { useTexts } from '../language/texts-context.ts';
import { personName } from '../format/person-name.ts';
import { Logo } from '../components/ui/logo.tsx';
import { ToastList } from '../components/ui/toast-list.tsx';
import type { AddressSignIn } from '../sign-in/address-sign-in.ts';
import { useStores } from '../stores/stores.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

/** Asks for confirmation when a sign-in link is opened in a browser that has a session. */
export function SwitchPage({ addressSignIn }: { readonly addressSignIn: AddressSignIn }) {
  const texts = useTexts();
  const { signIn: words, titles, account } = texts.site;
  usePageTitle(titles.signIn);
  const { caller } = useStores();
  const [busy, setBusy] = useState(false);
  const known = caller.caller.value;
  if (!known) return null;
  const role = known.role === 'owner' ? 'owner' : 'member';
  const name = personName(known, texts);
  const confirm = async () => {
    setBusy(true);
    await addressSignIn.confirm();
    setBusy(false);
  };
  return (
    <main id="content">
      <div class="sign-in">
        <Logo />
        <h1>{words.switchHeading}</h1>
        <p class="lead">{words.switchLead(name, account.roles[role])}</p>
        <p>{words.switchHint}</p>
        <button
          type="button"
          class="button button-primary button-large"
          disabled={busy}
          onClick={addressSignIn.decline}
        >
          {words.stay(name)}
        </button>
        <button type="button" class="button button-large" disabled={busy} onClick={() => void confirm()}>
          {busy ? words.working : words.switch}
        </button>
      </div>
      <ToastList />
    </main>
  );
}

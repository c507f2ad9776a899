import { useState } from 'preact/hooks';
import { texts } from '@linkcast/texts';
import { Logo } from '../components/ui/logo.tsx';
import { ToastList } from '../components/ui/toast-list.tsx';
import type { AddressSignIn } from '../sign-in/address-sign-in.ts';
import { useStores } from '../stores/stores.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

const { signIn: words, titles, account } = texts.site;

/** A sign-in link was opened in a browser that is signed in: asks before it is used. */
export function SwitchPage({ addressSignIn }: { readonly addressSignIn: AddressSignIn }) {
  usePageTitle(titles.signIn);
  const { caller } = useStores();
  const [busy, setBusy] = useState(false);
  const role = caller.caller.value?.role === 'owner' ? 'owner' : 'member';
  const name = caller.caller.value?.name ?? account.unnamed[role];
  const agree = async () => {
    setBusy(true);
    await addressSignIn.agree();
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
        <button type="button" class="button button-large" disabled={busy} onClick={() => void agree()}>
          {busy ? words.working : words.switch}
        </button>
      </div>
      <ToastList />
    </main>
  );
}

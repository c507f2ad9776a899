import { signal } from '@preact/signals';
import type { SignIn } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';
import type { CallerStore } from '../stores/caller-store.ts';
import { readAddressCredentials } from './address-credentials.ts';
import type { ToastStore } from '../stores/toast-store.ts';

export type AddressSignIn = ReturnType<typeof createAddressSignIn>;

interface AddressSignInOptions {
  readonly caller: CallerStore;
  readonly toasts: ToastStore;
  readonly site: SiteTexts['site'];
  /** Inside Telegram a reload repeats the same credentials: they need no confirmation. */
  readonly isMiniApp: boolean;
  /** Called when this browser is signed in as another person. */
  readonly onSwitched: () => void;
}

/**
 * Signs in with the credentials in the address of the page. Any page on the web can link to such an address, so a
 * browser with a session uses them only after the person has confirmed.
 */
export function createAddressSignIn({ caller, toasts, site, isMiniApp, onSwitched }: AddressSignInOptions) {
  /** Credentials that would replace the current session and need confirmation; undefined when there are none. */
  const unconfirmed = signal<SignIn | undefined>(undefined);

  function forgetCredentials(): void {
    unconfirmed.value = undefined;
    if (readAddressCredentials(location)) history.replaceState(null, '', location.pathname + location.search);
  }

  async function signIn(request: SignIn): Promise<void> {
    if (await caller.signIn(request)) forgetCredentials();
    if (!caller.isSignedIn.value || caller.refusal.value === '') return;
    toasts.show('done', site.signIn.already); // a used link, opened again
    caller.refusal.value = '';
  }

  return {
    unconfirmed,
    /** Reads the caller from the server, then signs in or asks for confirmation. */
    async enter(): Promise<void> {
      await caller.load();
      const request = readAddressCredentials(location);
      if (!caller.caller.value || !request) unconfirmed.value = undefined;
      else if (caller.isSignedIn.value && (request.code !== undefined || !isMiniApp)) unconfirmed.value = request;
      else await signIn(request);
    },
    /** Signs in with the unconfirmed credentials. */
    async confirm(): Promise<void> {
      if (!unconfirmed.value) return;
      const isAnswered = await caller.signIn(unconfirmed.value);
      const refusal = caller.refusal.value;
      caller.refusal.value = '';
      if (isAnswered) forgetCredentials();
      if (refusal === '') onSwitched();
      else toasts.show('trouble', refusal);
    },
    /** Keeps the current session; the code is not used. */
    decline: forgetCredentials,
  };
}

import { signal } from '@preact/signals';
import type { SignIn } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { CallerStore } from '../stores/caller-store.ts';
import { readAddressCredentials } from './address-credentials.ts';
import type { ToastStore } from '../stores/toast-store.ts';

export type AddressSignIn = ReturnType<typeof createAddressSignIn>;

interface AddressSignInOptions {
  readonly caller: CallerStore;
  readonly toasts: ToastStore;
  /** Inside of Telegram a reload brings the same data again, and the session goes on: nobody is asked. */
  readonly isMiniApp: boolean;
  /** This browser is now somebody else. */
  readonly onSwitched: () => void;
}

/**
 * Signs in with what the address of the page brings along. Any page on the web can lead to such an address: a browser
 * that is signed in already is not made somebody else, and no code is used, before the person agrees.
 */
export function createAddressSignIn({ caller, toasts, isMiniApp, onSwitched }: AddressSignInOptions) {
  /** What would sign this browser in as somebody else; undefined when there is nothing to ask. */
  const question = signal<SignIn | undefined>(undefined);

  function forgetCredentials(): void {
    question.value = undefined;
    if (readAddressCredentials(location)) history.replaceState(null, '', location.pathname + location.search);
  }

  async function signIn(request: SignIn): Promise<void> {
    if (await caller.signIn(request)) forgetCredentials();
    if (!caller.isSignedIn.value || caller.refusal.value === '') return;
    toasts.show('done', texts.site.signIn.already); // a used link, opened again
    caller.refusal.value = '';
  }

  return {
    question,
    /** Asks who this is, then signs in or puts the question. */
    async enter(): Promise<void> {
      await caller.load();
      const request = readAddressCredentials(location);
      if (!caller.caller.value || !request) question.value = undefined;
      else if (caller.isSignedIn.value && (request.code !== undefined || !isMiniApp)) question.value = request;
      else await signIn(request);
    },
    /** The person wants to be whom the link is for. */
    async agree(): Promise<void> {
      if (!question.value) return;
      const hasDecided = await caller.signIn(question.value);
      const refusal = caller.refusal.value;
      caller.refusal.value = '';
      if (hasDecided) forgetCredentials();
      if (refusal === '') onSwitched();
      else toasts.show('trouble', refusal);
    },
    /** The person stays who they are; the code is not used. */
    decline: forgetCredentials,
  };
}

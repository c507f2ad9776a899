import { computed, signal } from '@preact/signals';
import {
  ApiUnavailable,
  isPermitted,
  ownershipOf,
  type ApiClient,
  type Caller,
  type InvitationAcceptance,
  type OwnedAction,
  type Right,
  type SignIn,
} from '@linkcast/contracts';
import type { SentenceOf } from '../format/failure-sentence.ts';
import { askForPasskey } from '../passkeys/passkey-prompt.ts';

export type CallerStore = ReturnType<typeof createCallerStore>;

type CallerCalls = Pick<
  ApiClient,
  'getCaller' | 'signIn' | 'signOut' | 'endOwnSessions' | 'acceptInvitation' | 'beginPasskeySignIn' | 'signInByPasskey'
>;

/** The caller as the server identifies this browser: name, role and rights. */
export function createCallerStore(api: CallerCalls, sentenceOf: SentenceOf) {
  /** Undefined until the first answer of the server. */
  const caller = signal<Caller | undefined>(undefined);
  /** The sentence of the last failed read; empty after a successful one. */
  const failure = signal('');
  /** The sentence of the last refused sign-in; empty when it succeeded. */
  const refusal = signal('');
  let reading: Promise<void> | undefined;

  function put(fresh: Caller): void {
    caller.value = fresh;
    failure.value = '';
  }

  async function read(): Promise<void> {
    try {
      put(await api.getCaller());
    } catch (error) {
      failure.value = sentenceOf(error); // the caller stays: an unreachable server signs nobody out
    }
  }

  /** Reads the caller from the server; concurrent calls share one request. */
  function load(): Promise<void> {
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  }

  /** Signs in. @returns false when the server was unreachable, and the same request may be retried. */
  async function signIn(request: SignIn): Promise<boolean> {
    refusal.value = '';
    try {
      put(await api.signIn(request));
      return true;
    } catch (error) {
      refusal.value = sentenceOf(error);
      return !(error instanceof ApiUnavailable);
    }
  }

  return {
    caller,
    failure,
    refusal,
    /** True for a person with a session of their own. */
    isSignedIn: computed(() => caller.value?.role === 'owner' || caller.value?.role === 'member'),
    /** True when the caller has the right. Reads a signal: a component that calls it re-renders on a change. */
    can: (right: Right): boolean => caller.value?.rights.includes(right) ?? false,
    /** True when the caller may act on what belongs to this person (null: nobody). Reads a signal, too. */
    may(action: OwnedAction, personId: string | null): boolean {
      const known = caller.value;
      if (known?.role !== 'owner' && known?.role !== 'member') return false;
      return isPermitted(action, ownershipOf(personId, known.personId), known.role);
    },
    load,
    signIn,
    /** Asks the browser for a passkey, and signs in with it. @throws what the API client throws, and `PasskeyPromptEnded` */
    signInByPasskey: async () => put(await api.signInByPasskey(await askForPasskey(await api.beginPasskeySignIn()))),
    /** Accepts an invitation, and is then signed in. @throws what the API client throws */
    join: async (acceptance: InvitationAcceptance) => put(await api.acceptInvitation(acceptance)),
    /** Ends the session of this browser. */
    signOut: async () => {
      await api.signOut();
      await load();
    },
    /** Ends all sessions of the person, that of this browser too. */
    signOutEverywhere: async () => {
      await api.endOwnSessions();
      await load();
    },
  };
}

import { computed, signal } from '@preact/signals';
import { ApiUnavailable, type ApiClient, type Caller, type Right, type SignIn } from '@linkcast/contracts';
import { failureSentence } from '../format/failure-sentence.ts';

export type CallerStore = ReturnType<typeof createCallerStore>;

/** Who is in front of this page, as the server sees it, and so what may be shown. */
export function createCallerStore(api: Pick<ApiClient, 'getCaller' | 'signIn' | 'signOut'>) {
  /** Undefined until the server has answered once. */
  const caller = signal<Caller | undefined>(undefined);
  /** Why it is not known who this is; empty when it is. */
  const failure = signal('');
  /** Why the last try to sign in was refused; empty when it was not. */
  const refusal = signal('');
  let asking: Promise<void> | undefined;

  function put(known: Caller): void {
    caller.value = known;
    failure.value = '';
  }

  async function ask(): Promise<void> {
    try {
      put(await api.getCaller());
    } catch (error) {
      failure.value = failureSentence(error); // whoever was known stays: a server that is away signs nobody out
    }
  }

  /** Asks the server; many who want to know at once share one question. */
  function load(): Promise<void> {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  }

  /** @returns whether the server has decided; false when it could not be asked, and the same request may be tried again. */
  async function signIn(request: SignIn): Promise<boolean> {
    refusal.value = '';
    try {
      put(await api.signIn(request));
      return true;
    } catch (error) {
      refusal.value = failureSentence(error);
      return !(error instanceof ApiUnavailable);
    }
  }

  return {
    caller,
    failure,
    refusal,
    /** A person with a session of their own. */
    isSignedIn: computed(() => caller.value?.role === 'owner' || caller.value?.role === 'member'),
    /** May they do this? Reads a signal: what asks while it renders is rendered again when the answer changes. */
    can: (right: Right): boolean => caller.value?.rights.includes(right) ?? false,
    load,
    signIn,
    /** Ends the session of this browser. */
    signOut: async () => {
      await api.signOut();
      await load();
    },
  };
}

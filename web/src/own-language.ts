import { effect } from '@preact/signals';
import type { ApiClient } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts/language';
import { hasSavedLanguage, saveLanguage } from './language/language-choice.ts';
import type { CallerStore } from './stores/caller-store.ts';

interface OwnLanguageOptions {
  readonly caller: Pick<CallerStore, 'isSignedIn'>;
  readonly account: Pick<ApiClient, 'getMe'>;
  /** The language of the page. */
  readonly shown: Language;
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * Uses the language that a person chose on another device, in a browser without a choice of its own: saves it, and loads
 * the page again. Later visits start in it, so that the page does not change before the reader's eyes.
 */
export function startOwnLanguage({ caller, account, shown, storage }: OwnLanguageOptions): void {
  const follow = async () => {
    try {
      const { language } = await account.getMe();
      if (language !== null && language !== shown && saveLanguage(storage, language)) location.reload();
    } catch (error) {
      console.debug('own language not read', error); // the page stays in the language of the browser
    }
  };
  effect(() => {
    if (caller.isSignedIn.value && !hasSavedLanguage(storage)) void follow();
  });
}

import type { Language } from '@linkcast/texts/language';
import { useStores } from '../../stores/stores.ts';
import { LanguageChoice } from '../ui/language-choice.tsx';

/** The choice of language for a page of the site: a signed-in person gets it on their other devices too. */
export function OwnLanguageChoice() {
  const { account, caller } = useStores();
  const store = async (language: Language) => {
    if (!caller.isSignedIn.value) return;
    try {
      await account.patchMe({ language });
    } catch (error) {
      console.warn('language not stored for other devices', error); // this browser has it
    }
  };
  return <LanguageChoice onSaved={store} />;
}

import type { ApiClient } from '@linkcast/contracts';
import { languageNames, languages, type Language } from '@linkcast/texts/language';
import { saveLanguage } from '../../language/language-choice.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from './icon.tsx';

/**
 * Changes the language of this browser, and of a signed-in person for their other devices: each language under its own
 * name. The page is loaded again in the new one.
 */
export function LanguageChoice() {
  const { site, formats } = useTexts();
  const { account, caller } = useStores();
  const choose = async (language: Language) => {
    if (!saveLanguage(() => localStorage, language)) return;
    if (caller.isSignedIn.value) await storeLanguage(account, language);
    location.reload();
  };
  return (
    <label class="choice language-choice">
      <Icon name="globe" />
      <span>{site.account.language}</span>
      <select
        value={formats.language}
        onChange={({ currentTarget }) => void choose(currentTarget.value as Language)} // the value of one of the options
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </label>
  );
}

async function storeLanguage(account: Pick<ApiClient, 'patchMe'>, language: Language): Promise<void> {
  try {
    await account.patchMe({ language });
  } catch (error) {
    console.warn('language not stored for other devices', error); // this browser has it
  }
}

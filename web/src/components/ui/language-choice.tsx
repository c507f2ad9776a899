import { languageNames, languages, type Language } from '@linkcast/texts/language';
import { saveLanguage } from '../../language/language-choice.ts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from './icon.tsx';

interface LanguageChoiceProps {
  /** Called with the new language before the page is loaded again; it must not throw. */
  readonly onSaved?: (language: Language) => Promise<void>;
}

/** Changes the language of this browser: each language under its own name. The page is loaded again in the new one. */
export function LanguageChoice({ onSaved }: LanguageChoiceProps) {
  const { site, formats } = useTexts();
  const choose = async (language: Language) => {
    if (!saveLanguage(() => localStorage, language)) return;
    await onSaved?.(language);
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

import { chooseLanguage, languages, type Language } from '@linkcast/texts/language';

const KEY = 'linkcast.language';

/** Returns the saved language, else the first of the browser's languages that Linkcast has, else English. */
export function readLanguage(storage: () => Pick<Storage, 'getItem'>, browserLanguages: readonly string[]): Language {
  return readSaved(storage) ?? chooseLanguage(browserLanguages, 'en');
}

/** True when this browser has a choice of its own. */
export function hasSavedLanguage(storage: () => Pick<Storage, 'getItem'>): boolean {
  return readSaved(storage) !== undefined;
}

/** Saves the language for this browser. @returns false when the browser refuses storage. */
export function saveLanguage(storage: () => Pick<Storage, 'setItem'>, language: Language): boolean {
  try {
    storage().setItem(KEY, language);
    return true;
  } catch (error) {
    console.warn('language cannot be saved', error);
    return false;
  }
}

function readSaved(storage: () => Pick<Storage, 'getItem'>): Language | undefined {
  try {
    const saved = storage().getItem(KEY);
    return languages.find((language) => language === saved);
  } catch (error) {
    console.warn('saved language cannot be read', error); // the browser refuses storage
    return undefined;
  }
}

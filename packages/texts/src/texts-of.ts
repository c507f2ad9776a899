import * as en from './en/index.ts';
import type { Language } from './language.ts';
import type { Translation } from './translation.ts';

/** All texts of one language. */
export type Texts = Translation<typeof en>;

const catalogues: Readonly<Record<Language, Texts>> = { en, es: en, ru: en };

export function textsOf(language: Language): Texts {
  return catalogues[language];
}

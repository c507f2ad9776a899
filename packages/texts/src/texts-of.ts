import * as en from './en/index.ts';
import * as es from './es/index.ts';
import type { Language } from './language.ts';
import * as ru from './ru/index.ts';
import type { Translation } from './translation.ts';

/** All texts of one language. */
export type Texts = Translation<typeof en>;
/** The texts of the programs that an owner runs: `make local` and `make doctor`. */
export type OpsTexts = Texts['ops'];
export type DoctorTexts = OpsTexts['doctor'];
/** The texts of the site: one module for each language, for `import()`. */
export type SiteTexts = Pick<Texts, 'checks' | 'messages' | 'problems' | 'site'>;

const catalogues: Readonly<Record<Language, Texts>> = { en, es, ru };

export function textsOf(language: Language): Texts {
  return catalogues[language];
}

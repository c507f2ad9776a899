import type { Language } from '../language.ts';
import { LOCALES } from './locales.ts';
import { once } from './once.ts';

/** The plural categories of each language (CLDR). A set of forms has exactly these, so that a missing one does not compile. */
interface PluralCategories {
  readonly en: 'one' | 'other';
  readonly es: 'one' | 'many' | 'other';
  readonly ru: 'one' | 'few' | 'many' | 'other';
}

export type PluralForms<L extends Language = Language> = Readonly<Record<PluralCategories[L], string>>;

/** The forms of words that depend on a count. */
export interface Plurals<L extends Language = Language> {
  /** The form for a count; forms that show the count contain it already. */
  readonly plural: (count: number, forms: PluralForms<L>) => string;
  /** The formatted count, and the form for it: `21 jobs`. */
  readonly counted: (count: number, nouns: PluralForms<L>) => string;
}

/** @param whole formats a count. */
export function createPlurals<L extends Language>(language: L, whole: (count: number) => string): Plurals<L> {
  const rules = once(() => new Intl.PluralRules(LOCALES[language]));
  const plural = (count: number, forms: PluralForms<L>): string =>
    (forms as Readonly<Record<string, string>>)[rules().select(count)] ?? ''; // the type has every category of the language
  return { plural, counted: (count, nouns) => `${whole(count)} ${plural(count, nouns)}` };
}

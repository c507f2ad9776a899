import type { Language } from '../language.ts';
import { createDates, type Dates } from './dates.ts';
import { LOCALES } from './locales.ts';
import { once } from './once.ts';
import { createPlurals, type Plurals } from './plurals.ts';
import { createQuantities, type Quantities } from './quantities.ts';

export type { PluralForms } from './plurals.ts';

/** Numbers, quantities and dates of one language, for texts and for whatever is shown beside them. Times are ISO 8601. */
export interface Formats<L extends Language = Language> extends Quantities, Dates, Plurals<L> {
  readonly language: L;
  /** `one, two and three`. */
  readonly list: (items: readonly string[]) => string;
}

/** The formats of a language. The same object for each call, which makes each of its `Intl` formatters once, when it is needed. */
export function formatsOf<L extends Language>(language: L): Formats<L> {
  const kept = cache.get(language);
  if (kept) return kept as Formats<L>; // stored under its own language
  const formats = createFormats(language);
  cache.set(language, formats);
  return formats;
}

const cache = new Map<Language, unknown>();

function createFormats<L extends Language>(language: L): Formats<L> {
  const lists = once(() => new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }));
  const quantities = createQuantities(language);
  return {
    language,
    ...quantities,
    ...createDates(language),
    ...createPlurals(language, (count) => quantities.number(count, 0)),
    list: (items) => lists().format(items),
  };
}

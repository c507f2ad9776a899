import type { SiteTexts as LanguageTexts } from '@linkcast/texts';
import { formatsOf, type Formats } from '@linkcast/texts/formats';
import type { Language } from '@linkcast/texts/language';

/** A language's texts without its messages, which the server renders by `Accept-Language`. */
type Catalogues = Omit<LanguageTexts, 'messages'>;

/** The texts and formats of one language. */
export interface SiteTexts extends Catalogues {
  readonly formats: Formats;
}

/** Each language is a chunk of its own, so that a page loads one only. */
const loaders: Readonly<Record<Language, () => Promise<Catalogues>>> = {
  en: () => import('@linkcast/texts/en/site'),
  es: () => import('@linkcast/texts/es/site'),
  ru: () => import('@linkcast/texts/ru/site'),
};

/** Loads the texts of a language. */
export async function loadSiteTexts(language: Language): Promise<SiteTexts> {
  const { checks, problems, site } = await loaders[language]();
  return { checks, problems, site, formats: formatsOf(language) };
}

import type { Texts } from '@linkcast/texts';
import { formatsOf, type Formats } from '@linkcast/texts/formats';
import type { Language } from '@linkcast/texts/language';

/** The texts and formats of one language, as far as the site needs them. */
export interface SiteTexts {
  readonly site: Texts['site'];
  readonly problems: Texts['problems'];
  readonly formats: Formats;
}

/** Loads one language. Each language is a chunk of its own, so that a page loads one only. */
const loaders: Partial<Record<Language, () => Promise<Pick<SiteTexts, 'site' | 'problems'>>>> = {
  en: () => import('@linkcast/texts/en/site'),
};

/** The languages that the site has texts for. */
export const siteLanguages = Object.keys(loaders) as readonly Language[]; // Object.keys returns string[]

/** Loads the texts of a language; English for a language without texts. */
export async function loadSiteTexts(language: Language): Promise<SiteTexts> {
  const load = loaders[language] ?? (() => import('@linkcast/texts/en/site'));
  const { site, problems } = await load();
  return { site, problems, formats: formatsOf(language) };
}

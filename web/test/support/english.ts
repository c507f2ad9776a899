import { loadSiteTexts } from '../../src/language/site-texts.ts';

/** The English texts, as the site loads them. */
export const english = await loadSiteTexts('en');

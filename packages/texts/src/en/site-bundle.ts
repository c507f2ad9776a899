/** The texts of the site in English. One module for each language, so that a browser loads the reader's alone. */
export { checks } from './checks.ts';
export { messages } from './messages.ts';
export { problems } from './problems.ts';
export { site } from './site.ts';

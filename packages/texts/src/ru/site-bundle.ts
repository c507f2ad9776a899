/** The texts of the site in Russian. */
export { checks } from './checks.ts';
export { messages } from './messages.ts';
export { problems } from './problems.ts';
export { site } from './site.ts';

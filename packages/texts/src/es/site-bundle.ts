/** The texts of the site in Spanish. */
export { checks } from './checks.ts';
export { messages } from './messages.ts';
export { problems } from './problems.ts';
export { site } from './site.ts';

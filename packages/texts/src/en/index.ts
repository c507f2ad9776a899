/**
 * English. Every other language `satisfies` the type of this one, so that a missing sentence does not compile.
 * Exported one by one: the site, which says few of them, then carries no others.
 */
export { api } from './api.ts';
export { bot } from './bot.ts';
export { certificate } from './certificate.ts';
export { dnsName } from './dns-name.ts';
export { library } from './library.ts';
export { ops } from './ops.ts';
export { problems } from './problems.ts';
export { site } from './site.ts';
export { upkeep } from './upkeep.ts';

import { bot } from './bot.ts';
import { problems } from './problems.ts';
import { site } from './site.ts';

/** English. Every other language `satisfies` the type of this one, so that a missing sentence does not compile. */
export const en = { problems, bot, site };

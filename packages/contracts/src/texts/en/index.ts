import { api } from './api.ts';
import { bench } from './bench.ts';
import { bot } from './bot.ts';
import { ops } from './ops.ts';
import { problems } from './problems.ts';
import { site } from './site.ts';

/** English. Every other language `satisfies` the type of this one, so that a missing sentence does not compile. */
export const en = { api, problems, bot, site, ops, bench };

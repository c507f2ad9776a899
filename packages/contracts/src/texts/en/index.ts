import { api } from './api.ts';
import { bench } from './bench.ts';
import { bot } from './bot.ts';
import { certificate } from './certificate.ts';
import { dnsName } from './dns-name.ts';
import { ops } from './ops.ts';
import { problems } from './problems.ts';
import { site } from './site.ts';
import { upkeep } from './upkeep.ts';

/** English. Every other language `satisfies` the type of this one, so that a missing sentence does not compile. */
export const en = { api, problems, bot, site, ops, bench, dnsName, certificate, upkeep };

import type { Telegraf } from 'telegraf';
import { buttons } from './features/buttons.ts';
import { cancel } from './features/cancel.ts';
import { download } from './features/download.ts';
import type { BotContext, FeatureDeps } from './features/feature.ts';
import { gate } from './features/gate.ts';
import { signIn } from './features/sign-in.ts';
import { stats } from './features/stats.ts';
import { welcome } from './features/welcome.ts';
import { writtenText } from './features/written-text.ts';

/** Everything that the bot understands, in the order in which it is tried: the gate first, any text last. */
export function addDialogue(telegraf: Telegraf<BotContext>, deps: FeatureDeps): void {
  for (const add of [gate, welcome, download, signIn, stats, cancel, buttons, writtenText]) add(telegraf, deps);
  telegraf.catch((error) => {
    throw error; // to the poller, which logs it without the update and goes on
  });
}

import type { Telegraf } from 'telegraf';
import { buttons } from './buttons.ts';
import { cancel } from './cancel.ts';
import { download } from './download.ts';
import type { BotContext, FeatureDeps } from './feature.ts';
import { following } from './following.ts';
import { gate } from './gate.ts';
import { language } from './language.ts';
import { ownerCommands } from './owner-commands.ts';
import { reports } from './reports.ts';
import { retention } from './retention.ts';
import { signIn } from './sign-in.ts';
import { welcome } from './welcome.ts';
import { writtenText } from './written-text.ts';

/** Adds all features, in the order in which telegraf tries them: the gate first, any text last. */
export function addDialogue(telegraf: Telegraf<BotContext>, deps: FeatureDeps): void {
  for (const add of [
    gate,
    welcome,
    download,
    signIn,
    ownerCommands,
    reports,
    language,
    cancel,
    retention,
    following,
    buttons,
    writtenText,
  ])
    add(telegraf, deps);
  telegraf.catch((error) => {
    throw error; // to the poller, which logs it without the update
  });
}

import { texts } from '@linkcast/texts';
import { escapeHtml } from '../message-draft.ts';
import { readVisit, type MessageVisit } from '../visit.ts';
import type { Feature, FeatureDeps } from './feature.ts';

const START_WITH_CODE = /^\/start(?:@\w+)? +(\S{1,64})\s*$/;

/** Lets members through, lets the first owner in, tells strangers once a day that the bot is private, ignores the rest. */
export const gate: Feature = (bot, deps) => {
  bot.use(async (context, next) => {
    const visit = readVisit(context.update);
    if (!visit) return;
    if (deps.access.roleOf(visit.userId) !== undefined) {
      context.visit = visit;
      await next();
      return;
    }
    if (visit.kind !== 'message' || !visit.isPrivate) return;
    deps.intake.handOver(visit, () => meetStranger(visit, deps));
    if (deps.access.roleOf(visit.userId) === 'owner') deps.onClaim(visit.userId); // a stranger no longer
  });
};

function meetStranger(visit: MessageVisit, { access, outbox }: FeatureDeps): void {
  const say = (text: string): void => outbox.write({ chatId: visit.chatId, text: escapeHtml(text) });
  const code = visit.isOwnText ? START_WITH_CODE.exec(visit.text)?.[1] : undefined;
  const claim = code === undefined ? 'no-claim' : access.claim(visit.userId, code);
  if (claim === 'claimed') say(`${texts.bot.claimed}\n\n${texts.bot.greeting}`);
  else if (claim === 'wrong') say(texts.bot.wrongCode);
  else if (claim === 'no-claim' && access.mayRefuse(visit.userId)) say(texts.bot.refusal);
}

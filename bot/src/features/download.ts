import type { MediaType } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { escapeHtml } from '../message-draft.ts';
import { requestKey } from '../request-key.ts';
import type { MessageVisit } from '../visit.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

const { bot: words } = texts;
export const MAX_LINKS = 5;

/** `/dv` and `/da`: with the link in the line, in the message they reply to, or in the next message. */
export const download: Feature = (bot, deps) => {
  const command = (name: string, type: MediaType): void => {
    bot.command(
      name,
      onCommand((visit) => deps.intake.handOver(visit, () => startDownload(visit, name, type, deps))),
    );
  };
  command('dv', 'video');
  command('da', 'audio');
};

function startDownload(visit: MessageVisit, command: string, type: MediaType, deps: FeatureDeps): void {
  const links = visit.links.length > 0 ? visit.links : visit.repliedLinks;
  if (links.length > 0) {
    requestLinks(visit, links, type, deps);
    return;
  }
  const { chatId } = visit;
  if (!visit.isPrivate) {
    deps.outbox.write({ chatId, text: escapeHtml(words.linkInGroup(command)), replyTo: visit.messageId });
    return;
  }
  deps.conversations.ask(visit, type);
  deps.outbox.write({ chatId, text: escapeHtml(words.askForLink[type]) });
}

/** Writes a request down for each link, and ends the dialogue. */
export function requestLinks(
  visit: MessageVisit,
  links: readonly string[],
  type: MediaType,
  { botId, conversations, outbox, requests }: FeatureDeps,
): void {
  const { chatId, userId, messageId } = visit;
  conversations.forget(visit);
  for (const [index, url] of links.slice(0, MAX_LINKS).entries()) {
    const key = requestKey({ botId, chatId, messageId }, index);
    requests.add({ key, chatId, userId, url, type, replyTo: messageId });
  }
  if (links.length > MAX_LINKS) outbox.write({ chatId, text: escapeHtml(words.tooManyLinks(MAX_LINKS)) });
}

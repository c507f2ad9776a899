import type { MediaType } from '@linkcast/contracts';
import { escapeHtml } from '../telegram/message-draft.ts';
import { requestKey } from '../requests/request-key.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';
import { receiveLink } from './received-link.ts';

export const MAX_LINKS = 5;

/** `/dv` and `/da`: with the link in the same message, in the message that it replies to, or in the next message. */
export const download: Feature = (bot, deps) => {
  const command = (name: string, type: MediaType): void => {
    bot.command(
      name,
      onCommand((message) => deps.updates.runOnce(message, () => startDownload(message, name, type, deps))),
    );
  };
  command('dv', 'video');
  command('da', 'audio');
};

function startDownload(message: PersonMessage, command: string, type: MediaType, deps: FeatureDeps): void {
  const links = message.links.length > 0 ? message.links : message.repliedLinks;
  if (links.length > 0) {
    requestLinks(message, links, type, deps);
    return;
  }
  const { chatId } = message;
  const { bot: words } = deps.languages.textsFor(message.userId);
  if (!message.isPrivate) {
    deps.outbox.write({ chatId, text: escapeHtml(words.linkInGroup(command)), replyTo: message.messageId });
    return;
  }
  deps.conversations.ask(message, type);
  deps.outbox.write({ chatId, text: escapeHtml(words.askForLink[type]) });
}

/** Adds a request for each link, and ends the dialogue. */
export function requestLinks(
  message: PersonMessage,
  links: readonly string[],
  type: MediaType,
  deps: FeatureDeps,
): void {
  const { botId, conversations, languages, outbox } = deps;
  const { chatId, userId, messageId } = message;
  conversations.forget(message);
  for (const [index, url] of links.slice(0, MAX_LINKS).entries()) {
    const key = requestKey({ botId, chatId, messageId }, index);
    receiveLink({ key, chatId, userId, url, type, replyTo: messageId }, deps);
  }
  if (links.length <= MAX_LINKS) return;
  const { bot: words } = languages.textsFor(userId);
  outbox.write({ chatId, text: escapeHtml(words.tooManyLinks(MAX_LINKS)) });
}

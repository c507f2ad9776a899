import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, shorten } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { MAX_LINKS, requestLinks } from './download.ts';
import { onMessage, type Feature, type FeatureDeps } from './feature.ts';
import { requestFile } from './sent-file.ts';

const MAX_SHOWN_LINK = 200;

/** Messages in private chats that are no commands (a forwarded command is none): the link that was asked for, or a pasted link. */
export const writtenText: Feature = (bot, deps) => {
  bot.on(
    'message',
    onMessage((message) => {
      if (message.isPrivate) deps.updates.runOnce(message, () => readText(message, deps));
    }),
  );
};

function readText(message: PersonMessage, deps: FeatureDeps): void {
  if (message.cookieFile === undefined) readContent(message, deps);
  else takeCookies(message, message.cookieFile, deps);
}

/** The caption may name the site: `youtube.com`, or a link to it. */
function takeCookies(
  { chatId, userId, messageId, text, links }: PersonMessage,
  fileId: string,
  deps: FeatureDeps,
): void {
  const site = links[0] ?? /[a-z0-9-]+(?:\.[a-z0-9-]+)+/i.exec(text)?.[0] ?? null;
  deps.cookieWishes.add({ chatId, userId, messageId, fileId, site });
}

function readContent(message: PersonMessage, deps: FeatureDeps): void {
  const { chatId, userId, links } = message;
  const { bot: words } = deps.languages.textsFor(userId);
  const asked = deps.conversations.asked(message);
  if (message.file)
    requestFile(message, message.file, asked, deps); // links beside it are part of its description
  else if (links.length > 0 && asked) requestLinks(message, links, asked, deps);
  else if (links.length > 0) offerLinks(message, deps);
  else deps.outbox.write({ chatId, text: escapeHtml(asked ? words.notALink : words.unknownText) });
}

/** Offers Video and Audio for each link. */
function offerLinks(
  { chatId, userId, messageId, links }: PersonMessage,
  { conversations, languages, outbox }: FeatureDeps,
): void {
  const { bot: words } = languages.textsFor(userId);
  for (const url of links.slice(0, MAX_LINKS)) {
    const offerId = conversations.offer(chatId, url);
    const button = (type: 'video' | 'audio', name: string) => ({
      text: `${words.type[type]} ${name}`,
      data: buttonData.choose(offerId, type),
    });
    outbox.write({
      chatId,
      text: `${escapeHtml(words.chooseType)}\n${escapeHtml(shorten(url, MAX_SHOWN_LINK))}`,
      keyboard: [[button('video', words.typeName.video), button('audio', words.typeName.audio)]],
      replyTo: messageId,
    });
  }
  if (links.length > MAX_LINKS) outbox.write({ chatId, text: escapeHtml(words.tooManyLinks(MAX_LINKS)) });
}

import { texts } from '@linkcast/texts';
import { buttonData } from '../button-data.ts';
import { escapeHtml, shorten } from '../message-draft.ts';
import type { MessageVisit } from '../visit.ts';
import { MAX_LINKS, requestLinks } from './download.ts';
import { onMessage, type Feature, type FeatureDeps } from './feature.ts';

const { bot: words } = texts;
const MAX_SHOWN_LINK = 200;

/** Everything that is no command, forwarded commands included: the link that was asked for, or a link out of the blue. In private chats only. */
export const writtenText: Feature = (bot, deps) => {
  bot.on(
    'message',
    onMessage((visit) => {
      if (visit.isPrivate) deps.intake.handOver(visit, () => readText(visit, deps));
    }),
  );
};

function readText(visit: MessageVisit, deps: FeatureDeps): void {
  const { chatId, links } = visit;
  const asked = deps.conversations.asked(visit);
  if (links.length > 0 && asked) requestLinks(visit, links, asked, deps);
  else if (links.length > 0) offerLinks(visit, deps);
  else deps.outbox.write({ chatId, text: escapeHtml(asked ? words.notALink : words.unknownText) });
}

/** Asks for each link whether it is to be video or audio. */
function offerLinks({ chatId, messageId, links }: MessageVisit, { conversations, outbox }: FeatureDeps): void {
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

import type { MediaType } from '@linkcast/contracts';
import {
  buttonData,
  followButton,
  followingButton,
  readFollowingPress,
  readFollowPress,
} from '../telegram/button-data.ts';
import { escapeHtml, shorten } from '../telegram/message-draft.ts';
import type { ButtonPress, PersonMessage } from '../telegram/person-update.ts';
import { onCommand, onPress, type Feature, type FeatureDeps } from './feature.ts';

const MAX_SHOWN_LINK = 200;

/** `/follow` with a link asks for the type, and follows the list; `/following` shows the lists of the person, with buttons. */
export const following: Feature = (bot, deps) => {
  const { updates, outbox, messenger, languages } = deps;
  bot.command(
    'follow',
    onCommand((message) => updates.runOnce(message, () => askType(message, deps))),
  );
  bot.command(
    'following',
    onCommand((message) =>
      updates.runOnce(message, () =>
        outbox.writeDeferred(message.chatId, { kind: 'following', userId: message.userId }),
      ),
    ),
  );
  bot.action(
    followButton,
    onPress((press) => {
      const { note } = languages.textsFor(press.userId).bot;
      let shown = note.tooLate;
      updates.runOnce(press, () => {
        if (takeOffer(press, deps)) shown = note.onIt;
      });
      void messenger.answerPress(press.queryId, shown); // never rejects
    }),
  );
  bot.action(
    followingButton,
    onPress((press) => {
      const { chatId, userId, queryId, data } = press;
      const meaning = readFollowingPress(data);
      if (!meaning) return;
      updates.runOnce(press, () => outbox.writeDeferred(chatId, { kind: 'change-following', userId, ...meaning }));
      void messenger.answerPress(queryId); // never rejects
    }),
  );
};

/** Asks for the type of what the first link of a message brings. */
function askType(message: PersonMessage, { conversations, languages, outbox }: FeatureDeps): void {
  const { chatId, userId, messageId } = message;
  const { bot: words } = languages.textsFor(userId);
  const [url] = message.links.length > 0 ? message.links : message.repliedLinks;
  if (url === undefined) {
    outbox.write({ chatId, text: escapeHtml(words.following.how), replyTo: messageId });
    return;
  }
  const offerId = conversations.offer(chatId, url);
  const button = (type: MediaType) => ({
    text: `${words.type[type]} ${words.typeName[type]}`,
    data: buttonData.follow(offerId, type),
  });
  outbox.write({
    chatId,
    text: `${escapeHtml(words.following.chooseType)}\n${escapeHtml(shorten(url, MAX_SHOWN_LINK))}`,
    keyboard: [[button('video'), button('audio')]],
    replyTo: messageId,
  });
}

/** @returns false when the offer was taken before. */
function takeOffer({ chatId, userId, data }: ButtonPress, { conversations, followWishes }: FeatureDeps): boolean {
  const meaning = readFollowPress(data);
  const url = meaning && conversations.takeOffer(chatId, meaning.offerId);
  if (!meaning || url === undefined) return false;
  followWishes.add({ chatId, userId, url, type: meaning.type });
  return true;
}

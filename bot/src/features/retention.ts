import { readRetentionPress, retentionButton } from '../telegram/button-data.ts';
import { onPress, type Feature } from './feature.ts';

/** The buttons under a question about an unwatched item. yt-app decides whether the person may answer, and whether it is still asked. */
export const retention: Feature = (bot, { updates, outbox, messenger }) => {
  bot.action(
    retentionButton,
    onPress((press) => {
      const { chatId, userId, queryId, data } = press;
      const meaning = readRetentionPress(data);
      if (!meaning) return;
      updates.runOnce(press, () => outbox.writeDeferred(chatId, { kind: 'answer-question', userId, ...meaning }));
      void messenger.answerPress(queryId); // never rejects
    }),
  );
};

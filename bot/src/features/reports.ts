import { buttonData } from '../telegram/button-data.ts';
import { onCommand, onPress, type Feature, type FeatureDeps } from './feature.ts';

/** `/reports` shows the choice about reports of jobs from the site, and changes it; so do the buttons under the reports. */
export const reports: Feature = (bot, deps) => {
  bot.command(
    'reports',
    onCommand((message) =>
      deps.updates.runOnce(message, () =>
        deps.outbox.writeDeferred(message.chatId, { kind: 'reports', userId: message.userId }),
      ),
    ),
  );
  for (const isOn of [true, false]) bot.action(buttonData.reports(isOn), onPress(changeTo(isOn, deps)));
};

function changeTo(isOn: boolean, { updates, outbox, messenger }: FeatureDeps): Parameters<typeof onPress>[0] {
  return (press) => {
    const { chatId, userId, queryId } = press;
    updates.runOnce(press, () => outbox.writeDeferred(chatId, { kind: 'set-reports', userId, isOn }));
    void messenger.answerPress(queryId); // never rejects
  };
}

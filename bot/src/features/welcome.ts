import type { Texts } from '@linkcast/texts';
import { commandsFor } from '../telegram/command-menu.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import { onCommand, type Feature } from './feature.ts';

/** `/start` and `/help`. */
export const welcome: Feature = (bot, { people, languages, updates, outbox }) => {
  const menu = (userId: number, texts: Texts): string[] =>
    commandsFor(people.roleOf(userId) ?? 'member', texts)
      .filter(({ command }) => command !== 'start')
      .map(({ command, description }) => `/${command} – ${escapeHtml(description)}`);
  const reply = (linesOf: (words: Texts['bot']) => readonly string[]) =>
    onCommand((message) =>
      updates.runOnce(message, () => {
        const { chatId, userId } = message;
        const texts = languages.textsFor(userId);
        outbox.write({ chatId, text: [...linesOf(texts.bot), '', ...menu(userId, texts)].join('\n') });
      }),
    );
  bot.command(
    'start',
    reply(({ name, greeting }) => [`<b>${escapeHtml(name)}</b>`, escapeHtml(greeting)]),
  );
  bot.command(
    'help',
    reply(({ help }) => help.map(escapeHtml)),
  );
};

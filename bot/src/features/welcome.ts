import { texts } from '@linkcast/texts';
import { commandsFor } from '../telegram/command-menu.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature } from './feature.ts';

const { bot: words } = texts;

/** `/start` and `/help`. */
export const welcome: Feature = (bot, { people, updates, outbox }) => {
  const menu = ({ userId }: PersonMessage): string[] =>
    commandsFor(people.roleOf(userId) ?? 'member')
      .filter(({ command }) => command !== 'start')
      .map(({ command, description }) => `/${command} – ${escapeHtml(description)}`);
  const reply = (lines: readonly string[]) =>
    onCommand((message) =>
      updates.runOnce(message, () =>
        outbox.write({ chatId: message.chatId, text: [...lines, '', ...menu(message)].join('\n') }),
      ),
    );
  bot.command('start', reply([`<b>${escapeHtml(words.name)}</b>`, escapeHtml(words.greeting)]));
  bot.command('help', reply(words.help.map(escapeHtml)));
};

import { texts } from '@linkcast/contracts';
import { escapeHtml } from '../message-draft.ts';
import { onMessage, type Feature } from './feature.ts';

const { bot: words } = texts;

/** The commands in the order of the menu. */
export const commandMenu = (['dv', 'da', 'cancel', 'help', 'start'] as const).map((command) => ({
  command,
  description: words.commands[command],
}));

/** `/start` and `/help`. */
export const welcome: Feature = (bot, { intake, outbox }) => {
  const reply = (lines: readonly string[]) =>
    onMessage((visit) => intake.handOver(visit, () => outbox.write({ chatId: visit.chatId, text: lines.join('\n') })));
  const menu = commandMenu
    .filter(({ command }) => command !== 'start')
    .map(({ command, description }) => `/${command} – ${escapeHtml(description)}`);
  bot.command('start', reply([`<b>${escapeHtml(words.name)}</b>`, escapeHtml(words.greeting), '', ...menu]));
  bot.command('help', reply([...words.help.map(escapeHtml), '', ...menu]));
};

import { texts } from '@linkcast/texts';
import { commandsFor } from '../command-menu.ts';
import { escapeHtml } from '../message-draft.ts';
import type { MessageVisit } from '../visit.ts';
import { onCommand, type Feature } from './feature.ts';

const { bot: words } = texts;

/** `/start` and `/help`. */
export const welcome: Feature = (bot, { access, intake, outbox }) => {
  const menu = ({ userId }: MessageVisit): string[] =>
    commandsFor(access.roleOf(userId) ?? 'member')
      .filter(({ command }) => command !== 'start')
      .map(({ command, description }) => `/${command} – ${escapeHtml(description)}`);
  const reply = (lines: readonly string[]) =>
    onCommand((visit) =>
      intake.handOver(visit, () =>
        outbox.write({ chatId: visit.chatId, text: [...lines, '', ...menu(visit)].join('\n') }),
      ),
    );
  bot.command('start', reply([`<b>${escapeHtml(words.name)}</b>`, escapeHtml(words.greeting)]));
  bot.command('help', reply(words.help.map(escapeHtml)));
};

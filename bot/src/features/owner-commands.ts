import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import { onCommand, type Feature, type FeatureDeps } from './feature.ts';

/** `stats`: the state of the parts. `doctor`: checks everything. `deliveries`: lists the last ones. */
const COMMANDS = ['stats', 'doctor', 'deliveries'] as const;

/** The commands of owners, in private chats only. yt-app refuses members. */
export const ownerCommands: Feature = (bot, deps) => {
  for (const command of COMMANDS)
    bot.command(
      command,
      onCommand((message) => deps.updates.runOnce(message, () => reply(command, message, deps))),
    );
};

function reply(
  command: (typeof COMMANDS)[number],
  { chatId, userId, messageId, isPrivate }: PersonMessage,
  { languages, outbox }: FeatureDeps,
): void {
  const { inGroup } = languages.textsFor(userId).bot[command];
  if (isPrivate) outbox.writeDeferred(chatId, { kind: command, userId });
  else outbox.write({ chatId, text: escapeHtml(inGroup), replyTo: messageId });
}

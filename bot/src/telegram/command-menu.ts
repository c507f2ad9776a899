import type { MemberRole } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';

const MEMBER_COMMANDS = ['dv', 'da', 'signin', 'signout', 'cancel', 'help', 'start'] as const;

/** The commands of a person, in the order of the menu. */
export function commandsFor(role: MemberRole) {
  const commands = role === 'owner' ? ([...MEMBER_COMMANDS, 'stats'] as const) : MEMBER_COMMANDS;
  return commands.map((command) => ({ command, description: texts.bot.commands[command] }));
}

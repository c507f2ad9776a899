import type { MemberRole } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';

const MEMBER_COMMANDS = [
  'dv',
  'da',
  'follow',
  'following',
  'signin',
  'signout',
  'reports',
  'lang',
  'cancel',
  'help',
  'start',
] as const;

/** The commands of a person, with descriptions in their language, in the order of the menu. */
export function commandsFor(role: MemberRole, { bot: words }: Texts) {
  const commands =
    role === 'owner' ? ([...MEMBER_COMMANDS, 'stats', 'doctor', 'deliveries'] as const) : MEMBER_COMMANDS;
  const descriptions = { ...words.commands, lang: words.language.command };
  return commands.map((command) => ({ command, description: descriptions[command] }));
}

import type { BotApiState } from '../bot-api-state.ts';
import { badRequest } from '../failure.ts';
import { chatIdOf, isRecord, structureOf, textOf, type CallParameters } from '../parameters.ts';
import type { Methods } from './method.ts';

const MAX_COMMANDS = 100;

/** The methods that set what people see beside the chat: the menu of commands, and the button of the Mini App. */
export function createMenuMethods({ chats, commandMenus }: BotApiState): Methods {
  return {
    setMyCommands(parameters) {
      const scope = structureOf(parameters, 'scope');
      const chatId = isRecord(scope) && scope['type'] === 'chat' ? chatIdOf(scope) : undefined;
      if (chatId !== undefined) chats.check(chatId);
      const commands = checkCommands(structureOf(parameters, 'commands'));
      commandMenus.set(commands, { chatId, languageCode: readLanguageCode(parameters) });
      return true;
    },
    setChatMenuButton: (parameters) => checkMenuButton(structureOf(parameters, 'menu_button')),
  };
}

/** A two-letter code of ISO 639-1; empty or left out: everybody without a menu of their own language. */
function readLanguageCode(parameters: CallParameters): string {
  const code = textOf(parameters, 'language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(code)) throw badRequest('language_code is invalid');
  return code;
}

function checkCommands(commands: unknown): Record<string, string> {
  const descriptions: Record<string, string> = {};
  if (!Array.isArray(commands)) throw badRequest("can't parse commands: expected an Array of BotCommand");
  if (commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  for (const command of commands as unknown[]) {
    const { command: name, description } = isRecord(command) ? command : {};
    if (typeof name !== 'string' || !/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
    if (typeof description !== 'string' || description.length < 1 || description.length > 256)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    descriptions[name] = description;
  }
  return descriptions;
}

/** A Mini App's address is https with a name in public DNS. */
function checkMenuButton(button: unknown): true {
  if (!isRecord(button)) return true; // left out: the default
  const { type, text, web_app: app } = button;
  if (type === 'default' || type === 'commands') return true;
  if (type !== 'web_app') throw badRequest('MenuButton has unsupported type');
  if (typeof text !== 'string' || text.trim() === '')
    throw badRequest('field "text" of the MenuButton must be non-empty');
  const url = isRecord(app) ? app['url'] : undefined;
  if (typeof url !== 'string' || !URL.canParse(url)) throw badRequest('menu button Web App URL is invalid');
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:')
    throw badRequest(`menu button Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
  if (!hostname.includes('.')) throw badRequest(`menu button Web App URL '${url}' is invalid: Wrong HTTP URL`);
  return true;
}

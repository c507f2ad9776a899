import { badRequest, BotApiFailure, tooManyRequests } from './failure.ts';
import type { CommandMenus } from './command-menus.ts';
import type { Chats, MessageContent, TestMessage } from './chats.ts';
import { parseHtml, type FormattedText } from './html.ts';
import { readKeyboard } from './keyboard.ts';
import { integerOf, isRecord, structureOf, textOf, type CallParameters } from './parameters.ts';
import type { createUpdateQueue } from './update-queue.ts';

interface BotUser {
  readonly id: number;
  readonly is_bot: true;
  readonly first_name: string;
  readonly username: string;
}

/** The state that the methods read and change. */
export interface BotApiState {
  readonly bot: BotUser;
  readonly chats: Chats;
  readonly updates: ReturnType<typeof createUpdateQueue>;
  /** Callback queries that wait for an answer; an answered or unknown id is refused. */
  readonly openQueries: Set<string>;
  readonly webhook: { url: string };
  /** Path of each file on the server, by file id. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly commandMenus: CommandMenus;
}

type Method = (parameters: CallParameters, signal: AbortSignal) => unknown;

const MAX_TEXT = 4096;
const MAX_POLL_SECONDS = 50;
const MAX_COMMANDS = 100;

/** The methods of the Bot API that a chat bot needs; each returns its `result` or throws a {@link BotApiFailure}. */
export function createMethods(state: BotApiState): Readonly<Record<string, Method>> {
  const { bot, chats } = state;
  return {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
    getUpdates: (parameters, signal) => getUpdates(state, parameters, signal),
    getWebhookInfo: () => ({
      ...state.webhook,
      has_custom_certificate: false,
      pending_update_count: state.updates.pending(),
    }),
    deleteWebhook(parameters) {
      state.webhook.url = '';
      if (textOf(parameters, 'drop_pending_updates') === 'true' || parameters['drop_pending_updates'] === true)
        state.updates.clear();
      return true;
    },
    setMyCommands(parameters) {
      const scope = structureOf(parameters, 'scope');
      const chatId = isRecord(scope) && scope['type'] === 'chat' ? chatOf(scope) : undefined;
      if (chatId !== undefined) chats.check(chatId);
      const commands = checkCommands(structureOf(parameters, 'commands'));
      state.commandMenus.set(commands, { chatId, languageCode: readLanguageCode(parameters) });
      return true;
    },
    setChatMenuButton: (parameters) => checkMenuButton(structureOf(parameters, 'menu_button')),
    sendChatAction(parameters) {
      chats.check(chatOf(parameters));
      if (textOf(parameters, 'action') === undefined) throw badRequest('wrong parameter action in request');
      return true;
    },
    sendMessage(parameters) {
      const chatId = chatOf(parameters);
      chats.check(chatId);
      const content = { ...readText(parameters, 'message is too long'), keyboard: readKeyboard(parameters) };
      return asMessage(
        state,
        chats.add(chatId, content, { fromBot: true, replyTo: readReply(chats, chatId, parameters) }),
      );
    },
    editMessageText: (parameters) =>
      edit(state, parameters, () => ({
        ...readText(parameters, 'MESSAGE_TOO_LONG'),
        keyboard: readKeyboard(parameters),
      })),
    editMessageReplyMarkup: (parameters) =>
      edit(state, parameters, (now) => ({ ...now, keyboard: readKeyboard(parameters) })),
    deleteMessage(parameters) {
      chats.remove(chatOf(parameters), messageOf(parameters));
      return true;
    },
    answerCallbackQuery(parameters) {
      if (!state.openQueries.delete(textOf(parameters, 'callback_query_id') ?? ''))
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      if ((textOf(parameters, 'text') ?? '').length > 200) throw badRequest('MESSAGE_TOO_LONG');
      return true;
    },
    getFile(parameters) {
      const id = textOf(parameters, 'file_id') ?? '';
      const file = state.files.get(id);
      if (!file) throw badRequest('invalid file_id');
      return { file_id: id, file_unique_id: id, file_size: file.length, file_path: `documents/${id}` };
    },
  };
}

/** A message as the Bot API describes it. */
export function asMessage({ bot }: Pick<BotApiState, 'bot'>, message: TestMessage, from?: object) {
  const { chatId, text, entities, keyboard, history } = message;
  return {
    message_id: message.messageId,
    from: message.fromBot ? bot : from,
    chat: chatId < 0 ? { id: chatId, type: 'supergroup', title: 'A group' } : { id: chatId, type: 'private' },
    date: Math.floor(message.sentAt / 1000),
    ...(history.length > 1 ? { edit_date: Math.floor((history.at(-1)?.at ?? 0) / 1000) } : {}),
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(keyboard.length > 0
      ? {
          reply_markup: {
            inline_keyboard: keyboard.map((row) =>
              row.map(({ data, ...button }) => ({ ...button, ...(data === undefined ? {} : { callback_data: data }) })),
            ),
          },
        }
      : {}),
  };
}

async function getUpdates({ updates, webhook }: BotApiState, parameters: CallParameters, signal: AbortSignal) {
  if (webhook.url !== '') {
    const what = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
    throw new BotApiFailure(409, `Conflict: ${what}`);
  }
  const allowed = structureOf(parameters, 'allowed_updates');
  return updates.poll({
    offset: integerOf(parameters, 'offset') ?? 0,
    limit: Math.min(Math.max(integerOf(parameters, 'limit') ?? 100, 1), 100),
    timeoutSeconds: Math.min(Math.max(integerOf(parameters, 'timeout') ?? 0, 0), MAX_POLL_SECONDS),
    allowed: Array.isArray(allowed) ? allowed.map(String) : undefined,
    signal,
  });
}

function edit(state: BotApiState, parameters: CallParameters, change: (now: MessageContent) => MessageContent) {
  const chatId = chatOf(parameters);
  return asMessage(state, state.chats.edit(chatId, messageOf(parameters), change));
}

function readText(parameters: CallParameters, tooLong: string): FormattedText {
  const raw = textOf(parameters, 'text') ?? '';
  const mode = textOf(parameters, 'parse_mode');
  if (mode !== undefined && mode !== '' && mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  const formatted = mode ? parseHtml(raw) : { text: raw, entities: [] };
  if (formatted.text.trim() === '') throw badRequest('message text is empty');
  if (formatted.text.length > MAX_TEXT) throw badRequest(tooLong);
  return formatted;
}

function readReply(chats: Chats, chatId: number, parameters: CallParameters): number | undefined {
  const reply = structureOf(parameters, 'reply_parameters');
  if (!isRecord(reply)) return undefined;
  const messageId = integerOf(reply, 'message_id');
  const isThere = chats.list(chatId).some((message) => message.messageId === messageId && !message.deleted);
  if (isThere) return messageId;
  if (reply['allow_sending_without_reply'] === true) return undefined;
  throw badRequest('message to be replied not found');
}

function chatOf(parameters: CallParameters): number {
  const id = integerOf(parameters, 'chat_id');
  if (id === undefined) throw badRequest('chat_id is empty');
  return id;
}

function messageOf(parameters: CallParameters): number {
  const id = integerOf(parameters, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  return id;
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

/** Refuses calls that write to one chat faster than `perSecond`, as the cloud does with edits. */
export function createPace(perSecond: number) {
  const last = new Map<number, number>();
  return (chatId: number): void => {
    const now = Date.now();
    const wait = (last.get(chatId) ?? 0) + 1000 / perSecond - now;
    if (wait > 0) throw tooManyRequests(Math.ceil(wait / 1000));
    last.set(chatId, now);
  };
}

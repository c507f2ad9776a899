import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCommandMenus } from './command-menus.ts';
import { createChats, type TestMessage } from './chats.ts';
import { createBotApiListener, type RecordedCall } from './listener.ts';
import { createFaults, type Fault } from './faults.ts';
import { asMessage, type BotApiState } from './methods.ts';
import { createUpdateQueue } from './update-queue.ts';

export type { RecordedCall } from './listener.ts';
export type { Fault } from './faults.ts';
export type { TestMessage } from './chats.ts';

export interface BotApiServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** The only token that is accepted. Default: a made-up one of the right shape. */
  readonly token?: string;
  /** Edits a chat may get per second before the answer is 429. No limit unless set. */
  readonly editsPerSecond?: number;
}

export interface SayOptions {
  /** A negative id is a group. Default: the private chat with the user. */
  readonly chatId?: number;
  /** More members of the message: `caption`, `entities`, `reply_to_message`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export interface PressOptions {
  /** Default: the private chat with the user. */
  readonly chatId?: number;
}

/** A Telegram Bot API on loopback, as strict as the cloud, with the side that people are on. */
export interface BotApiServer {
  /** Root for `TELEGRAM_API_ROOT`. */
  readonly url: string;
  readonly token: string;
  readonly username: string;
  /** A person writes; returns the id of the message. Commands at the start are marked as Telegram does. */
  say(userId: number, text: string, options?: SayOptions): number;
  /** Sets the `language_code` of a person's later updates; undefined: none. Default: `en`. */
  setLanguage(userId: number, languageCode: string | undefined): void;
  /** The commands that Telegram shows to a person with this language in a chat, each with its description. */
  commands(chatId: number, languageCode: string): Readonly<Record<string, string>>;
  /** A person presses the button with this text (or callback data); returns the id of the callback query. */
  press(userId: number, messageId: number, button: string, options?: PressOptions): string;
  /** Any update, with the next update id unless it brings one; `force` delivers kinds that the bot did not ask for. */
  send(update: Readonly<Record<string, unknown>>, options?: { force?: boolean }): number;
  /** The messages of a chat as they are now, deleted ones too, oldest first. */
  messages(chatId: number): readonly TestMessage[];
  /** The calls that arrived, of one method or all. */
  calls(method?: string): readonly RecordedCall[];
  /** Orders a fault; what it returns calls it off. */
  fail(fault: Fault): () => void;
  /** The person blocks the bot: 403 until unblocked. */
  block(chatId: number): void;
  unblock(chatId: number): void;
  /** Makes a chat known without a message in it. */
  openChat(chatId: number): void;
  /** A webhook somebody set: polling answers 409 until deleteWebhook. */
  setWebhook(url: string): void;
  addFile(fileId: string, content: Buffer): void;
  close(): Promise<void>;
}

export async function createBotApiServer(options: BotApiServerOptions = {}): Promise<BotApiServer> {
  const token = options.token ?? '7000000001:AAtestTokenOfTheLoopbackBotApiServer';
  const bot = {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Linkcast',
    username: 'linkcast_bot',
  } as const;
  const chats = createChats();
  const updates = createUpdateQueue();
  const faults = createFaults();
  const files = new Map<string, Buffer>();
  const commandMenus = createCommandMenus();
  const languageCodes = new Map<number, string | undefined>();
  const person = (userId: number) => {
    const code = languageCodes.has(userId) ? languageCodes.get(userId) : 'en';
    const language = code === undefined ? {} : { language_code: code };
    return { id: userId, is_bot: false, first_name: `Person ${userId}`, ...language };
  };
  const openQueries = new Set<string>();
  const state: BotApiState = { bot, chats, updates, openQueries, webhook: { url: '' }, files, commandMenus };
  const calls: RecordedCall[] = [];
  let queryCount = 0;
  const { editsPerSecond } = options;
  const server = createServer(createBotApiListener({ state, token, faults, editsPerSecond, calls }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // listening on TCP

  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    token,
    username: bot.username,
    say(userId, text, { chatId = userId, members = {} } = {}) {
      const content = { text, entities: commandEntity(text), keyboard: [] };
      const message = chats.add(chatId, content, { fromBot: false, replyTo: undefined });
      updates.push({ message: { ...asMessage(state, message, person(userId)), ...members } });
      return message.messageId;
    },
    setLanguage: (userId, languageCode) => void languageCodes.set(userId, languageCode),
    commands: (chatId, languageCode) => commandMenus.shown(chatId, languageCode),
    press(userId, messageId, button, { chatId = userId } = {}) {
      const message = chats.list(chatId).find((one) => one.messageId === messageId && !one.deleted);
      if (!message) throw new Error(`no message ${messageId} in chat ${chatId}`);
      const found = message.keyboard.flat().find(({ text, data }) => text.includes(button) || data === button);
      if (found?.data === undefined) throw new Error(`no button "${button}" under message ${messageId}`);
      const id = String(++queryCount);
      state.openQueries.add(id);
      const query = { id, from: person(userId), chat_instance: String(chatId), data: found.data };
      updates.push({ callback_query: { ...query, message: asMessage(state, message) } });
      return id;
    },
    send: (update, pushOptions) => updates.push(update, pushOptions),
    messages: (chatId) => chats.list(chatId),
    calls: (method) => calls.filter((one) => method === undefined || one.method === method),
    fail: (fault) => faults.add(fault),
    block: (chatId) => chats.block(chatId),
    unblock: (chatId) => chats.unblock(chatId),
    openChat: (chatId) => chats.open(chatId),
    setWebhook: (url) => void (state.webhook.url = url),
    addFile: (fileId, content) => void files.set(fileId, content),
    async close() {
      updates.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function commandEntity(text: string) {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command === undefined ? [] : [{ type: 'bot_command', offset: 0, length: command.length }];
}

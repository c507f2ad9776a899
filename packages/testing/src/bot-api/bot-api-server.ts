import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotApiState } from './bot-api-state.ts';
import { createCommandMenus } from './command-menus.ts';
import { createChats, type TestMessage } from './chats.ts';
import { createBotApiListener, type RecordedCall } from './listener.ts';
import { createFaults, type Fault } from './faults.ts';
import { createPeople, type People } from './people.ts';
import { createUpdateQueue } from './update-queue.ts';

export type { RecordedCall } from './listener.ts';
export type { Fault } from './faults.ts';
export type { TestMessage } from './chats.ts';
export type { PressOptions, SayOptions } from './people.ts';

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

/** A Telegram Bot API on loopback, as strict as the cloud, with the side that people are on. */
export interface BotApiServer extends People {
  /** Root for `TELEGRAM_API_ROOT`. */
  readonly url: string;
  readonly token: string;
  readonly username: string;
  /** The commands that Telegram shows to a person with this language in a chat, each with its description. */
  commands(chatId: number, languageCode: string): Readonly<Record<string, string>>;
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
  /** A file that a local server has downloaded to this path. */
  placeFile(fileId: string, path: string): void;
  close(): Promise<void>;
}

export async function createBotApiServer(options: BotApiServerOptions = {}): Promise<BotApiServer> {
  const { host = '127.0.0.1', port = 0, editsPerSecond } = options;
  const token = options.token ?? '7000000001:AAtestTokenOfTheLoopbackBotApiServer';
  const state = createState(token);
  const { chats, updates } = state;
  const faults = createFaults();
  const calls: RecordedCall[] = [];
  const server = createServer(createBotApiListener({ state, token, faults, editsPerSecond, calls }));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // listening on TCP

  return {
    url: `http://${host}:${address.port}`,
    token,
    username: state.bot.username,
    ...createPeople(state),
    commands: (chatId, languageCode) => state.commandMenus.shown(chatId, languageCode),
    send: (update, pushOptions) => updates.push(update, pushOptions),
    messages: (chatId) => chats.list(chatId),
    calls: (method) => calls.filter((one) => method === undefined || one.method === method),
    fail: (fault) => faults.add(fault),
    block: (chatId) => chats.block(chatId),
    unblock: (chatId) => chats.unblock(chatId),
    openChat: (chatId) => chats.open(chatId),
    setWebhook: (url) => void (state.webhook.url = url),
    addFile: (fileId, content) => void state.files.set(fileId, content),
    placeFile: (fileId, path) => void state.placedFiles.set(fileId, path),
    async close() {
      updates.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A server that nothing has happened on. */
function createState(token: string): BotApiState {
  return {
    bot: { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Linkcast', username: 'linkcast_bot' },
    chats: createChats(),
    updates: createUpdateQueue(),
    openQueries: new Set(),
    webhook: { url: '' },
    files: new Map(),
    placedFiles: new Map(),
    commandMenus: createCommandMenus(),
  };
}

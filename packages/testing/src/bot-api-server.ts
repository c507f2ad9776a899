import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChats, type TestMessage } from './bot-api-chats.ts';
import { BotApiFailure } from './bot-api-failure.ts';
import { createFaults, type Fault } from './bot-api-faults.ts';
import { asMessage, createMethods, createPace, type BotApiState } from './bot-api-methods.ts';
import { integerOf, readParameters, type CallParameters } from './bot-api-parameters.ts';
import { createUpdateQueue } from './bot-api-update-queue.ts';

export type { Fault } from './bot-api-faults.ts';
export type { TestMessage } from './bot-api-chats.ts';

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

/** One call that arrived; `refusal` is the status when it was not answered with `ok: true`. */
export interface RecordedCall {
  readonly method: string;
  readonly parameters: CallParameters;
  readonly at: number;
  refusal?: number;
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
  const state: BotApiState = { bot, chats, updates, openQueries: new Set(), webhook: { url: '' }, files };
  const methods = createMethods(state);
  const calls: RecordedCall[] = [];
  const pace = options.editsPerSecond === undefined ? undefined : createPace(options.editsPerSecond);
  let queryCount = 0;

  const call = async (request: IncomingMessage, response: ServerResponse, name: string, url: URL): Promise<void> => {
    const parameters = await readParameters(request, url.searchParams);
    const record: RecordedCall = { method: name, parameters, at: Date.now() };
    calls.push(record);
    try {
      const fault = faults.take(name, integerOf(parameters, 'chat_id'));
      if (fault) {
        await suffer(fault, request, response, record);
        return;
      }
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (!method) throw new BotApiFailure(404, 'Not Found: method not found');
      if (name.startsWith('edit')) pace?.(integerOf(parameters, 'chat_id') ?? 0);
      answer(response, 200, { ok: true, result: await method(parameters, hangUp(response)) });
    } catch (error) {
      if (!(error instanceof BotApiFailure)) throw error;
      record.refusal = error.code;
      throw error;
    }
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    void route(url, token, files, response, (name) => call(request, response, name, url)).catch((error: unknown) => {
      if (error instanceof BotApiFailure) answer(response, error.code, error.toAnswer());
      else response.destroy(error instanceof Error ? error : undefined);
    });
  });
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

async function route(
  url: URL,
  token: string,
  files: ReadonlyMap<string, Buffer>,
  response: ServerResponse,
  call: (method: string) => Promise<void>,
): Promise<void> {
  const [, door, given, rest] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  if (given === undefined || rest === undefined || !/^\d+:[\w-]{10,}$/.test(decodeURIComponent(given)))
    throw new BotApiFailure(404, 'Not Found');
  if (decodeURIComponent(given) !== token) throw new BotApiFailure(401, 'Unauthorized');
  if (door === 'bot') return call(rest);
  const file = files.get(rest.replace('documents/', ''));
  if (!file) throw new BotApiFailure(404, 'Not Found: file not found');
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
}

async function suffer(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  record: RecordedCall,
): Promise<void> {
  if (fault.kind === 'refuse') throw new BotApiFailure(fault.code, fault.description, fault.retryAfter);
  record.refusal = 0;
  if (fault.kind === 'reset') request.socket.resetAndDestroy();
  if (fault.kind === 'hang') await new Promise((resolve) => response.once('close', resolve));
  if (fault.kind === 'html') {
    response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' });
    response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Aborted when the caller is gone. */
function hangUp(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function person(userId: number) {
  return { id: userId, is_bot: false, first_name: `Person ${userId}`, language_code: 'en' };
}

function commandEntity(text: string) {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command === undefined ? [] : [{ type: 'bot_command', offset: 0, length: command.length }];
}

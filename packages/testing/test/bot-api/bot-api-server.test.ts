import { afterEach, describe, expect, it } from 'vitest';
import { Telegraf, TelegramError } from 'telegraf';
import { createBotApiServer, type BotApiServer, type BotApiServerOptions } from '../../src/bot-api/bot-api-server.ts';

const PERSON = 42;
let server: BotApiServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function setUp(options: BotApiServerOptions = {}) {
  const started = await createBotApiServer(options);
  server = started;
  started.openChat(PERSON);
  const call = async (method: string, parameters: Record<string, unknown> = {}) => {
    const response = await fetch(`${started.url}/bot${started.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    const body = (await response.json()) as { ok: boolean; result?: unknown; description?: string };
    return { status: response.status, ...body };
  };
  const refusal = async (method: string, parameters: Record<string, unknown> = {}) => {
    const { status, ok, description } = await call(method, parameters);
    expect(ok).toBe(false);
    return `${status} ${description ?? ''}`;
  };
  const { telegram } = new Telegraf(started.token, { telegram: { apiRoot: started.url } });
  return { server: started, call, refusal, telegram };
}

describe('the HTTP server', () => {
  it('a wrong token: answers 401; a malformed one or an unknown method: answers 404', async () => {
    const { server: api, refusal } = await setUp();
    const status = async (path: string) => (await fetch(api.url + path)).status;
    expect(await status('/bot7000000001:AAsomeOtherTokenThatIsWrong/getMe')).toBe(401);
    expect(await status('/botnonsense/getMe')).toBe(404);
    expect(await status('/')).toBe(404);
    expect(await refusal('sendEverything')).toBe('404 Not Found: method not found');
  });

  it.each([
    ['a query', (url: string) => fetch(`${url}?chat_id=${PERSON}&text=hi`)],
    [
      'a form',
      (url: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ chat_id: '42', text: 'hi' }) }),
    ],
    ['multipart', (url: string) => fetch(url, { method: 'POST', body: form({ chat_id: '42', text: 'hi' }) })],
  ])('parameters as %s: are accepted', async (_, send) => {
    const { server: api } = await setUp();
    const response = await send(`${api.url}/bot${api.token}/sendMessage`);
    expect(response.status).toBe(200);
    expect(api.messages(PERSON).map((message) => message.text)).toEqual(['hi']);
  });

  it('a malformed JSON body: answers 400', async () => {
    const { server: api } = await setUp();
    const response = await fetch(`${api.url}/bot${api.token}/getMe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
  });
});

describe('updates', () => {
  it('without a confirming offset: are delivered again', async () => {
    const { server: api, telegram } = await setUp();
    api.say(PERSON, '/start');
    const [first] = await telegram.getUpdates(0, 100, 0, undefined);
    const again = await telegram.getUpdates(0, 100, 0, undefined);
    expect(again).toEqual([first]);
    expect(await telegram.getUpdates(0, 100, (first?.update_id ?? 0) + 1, undefined)).toEqual([]);
    expect(first).toMatchObject({
      message: { text: '/start', chat: { type: 'private' }, entities: [{ type: 'bot_command', length: 6 }] },
    });
  });

  it('of a type that is not allowed: are dropped, unless forced', async () => {
    const { server: api, telegram } = await setUp();
    await telegram.getUpdates(0, 100, 0, ['message']);
    api.send({ poll: { id: '1' } });
    api.send({ poll: { id: '2' } }, { force: true });
    expect(await telegram.getUpdates(0, 100, 0, undefined)).toMatchObject([{ poll: { id: '2' } }]);
  });

  it('arriving during a long poll: end the poll', async () => {
    const { server: api, telegram } = await setUp();
    const polling = telegram.getUpdates(30, 100, 0, undefined);
    await new Promise<void>((resolve) => {
      const check = () => (api.calls('getUpdates').length > 0 ? resolve() : setImmediate(check));
      check();
    });
    api.say(PERSON, 'hello');
    expect(await polling).toHaveLength(1);
  });

  it('with two pollers: the older gets 409, as does a poller beside a webhook', async () => {
    const { server: api, telegram, refusal, call } = await setUp();
    const older = telegram.getUpdates(30, 100, 0, undefined).catch((error: unknown) => error);
    await new Promise<void>((resolve) => {
      const check = () => (api.calls('getUpdates').length > 0 ? setImmediate(resolve) : setImmediate(check));
      check();
    });
    await telegram.getUpdates(0, 100, 0, undefined);
    const error = await older;
    expect(error instanceof TelegramError ? error.code : error).toBe(409);
    api.setWebhook('https://example.org/hook');
    expect(await refusal('getUpdates')).toContain('409 Conflict');
    expect(await call('getWebhookInfo')).toMatchObject({ result: { url: 'https://example.org/hook' } });
    await call('deleteWebhook');
    expect((await call('getUpdates')).ok).toBe(true);
  });
});

describe('messages', () => {
  it('edited: keep their history, and lose their buttons with an edit without buttons', async () => {
    const { server: api, telegram } = await setUp();
    const keyboard = { inline_keyboard: [[{ text: 'Stop', callback_data: 'c:1' }]] };
    const sent = await telegram.sendMessage(PERSON, 'one', { reply_markup: keyboard });
    await telegram.editMessageText(PERSON, sent.message_id, undefined, 'two');
    await telegram.editMessageReplyMarkup(PERSON, sent.message_id, undefined, keyboard);
    const [message] = api.messages(PERSON);
    expect(message?.history.map(({ text, keyboard: rows }) => [text, rows.length])).toEqual([
      ['one', 1],
      ['two', 0],
      ['two', 1],
    ]);
    await telegram.deleteMessage(PERSON, sent.message_id);
    expect(api.messages(PERSON)[0]?.deleted).toBe(true);
  });

  it('against the rules of Telegram: are refused with its errors', async () => {
    const { server: api, refusal, telegram } = await setUp();
    const send = (parameters: Record<string, unknown>) =>
      refusal('sendMessage', { chat_id: PERSON, text: 'x', ...parameters });
    const buttons = (button: object) => ({ reply_markup: { inline_keyboard: [[button]] } });
    expect(await send({ text: '' })).toContain('message text is empty');
    expect(await send({ text: 'x'.repeat(4097) })).toContain('message is too long');
    expect(await send({ chat_id: 43 })).toContain('chat not found');
    expect(await send(buttons({ text: 'b', callback_data: 'é'.repeat(33) }))).toContain('BUTTON_DATA_INVALID');
    expect(await send(buttons({ text: 'b', url: 'http://localhost:8080/watch/1' }))).toContain('Wrong HTTP URL');
    expect(await send(buttons({ text: 'b', url: 'javascript:alert(1)' }))).toContain('Unsupported URL protocol');
    expect(await send(buttons({ text: 'b' }))).toContain('Text buttons are unallowed');
    const webApp = (url: string) => buttons({ text: 'b', web_app: { url } });
    expect(await send(webApp('http://media.example.org/'))).toContain('Only HTTPS links are allowed');
    api.openChat(-7);
    expect(await send({ chat_id: -7, ...webApp('https://media.example.org/') })).toContain('BUTTON_TYPE_INVALID');
    expect(await send({ reply_parameters: { message_id: 999 } })).toContain('message to be replied not found');
    const sent = await telegram.sendMessage(PERSON, 'same');
    const edit = { chat_id: PERSON, message_id: sent.message_id, text: 'same' };
    expect(await refusal('editMessageText', edit)).toContain('message is not modified');
    expect(await refusal('editMessageText', { ...edit, message_id: 999 })).toContain('message to edit not found');
    const said = api.say(PERSON, 'mine');
    expect(await refusal('editMessageText', { ...edit, message_id: said })).toContain("message can't be edited");
    api.block(PERSON);
    expect(await send({})).toBe('403 Forbidden: bot was blocked by the user');
  });

  it.each([
    ['<b>open', `Can't find end tag corresponding to start tag "b"`],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['é</b>', 'Unexpected end tag at byte offset 2'],
    ['a <script>', 'Unsupported start tag "script" at byte offset 2'],
    ['1 < 2', 'Unsupported start tag'],
  ])('with the HTML "%s": are refused', async (text, why) => {
    const { refusal } = await setUp();
    expect(await refusal('sendMessage', { chat_id: PERSON, text, parse_mode: 'HTML' })).toContain(why);
  });

  it('with valid HTML: become text and entities; links to hosts without a dot become text', async () => {
    const { server: api, telegram } = await setUp();
    const html =
      '🎬 <b>A &amp; <i>B</i></b> <a href="https://a.example/?x=1&amp;y=2">go</a> <a href="http://localhost/">no</a>';
    await telegram.sendMessage(PERSON, html, { parse_mode: 'HTML' });
    expect(api.messages(PERSON)[0]).toMatchObject({
      text: '🎬 A & B go no',
      entities: [
        { type: 'bold', offset: 3, length: 5 },
        { type: 'italic', offset: 7, length: 1 },
        { type: 'text_link', offset: 9, length: 2, url: 'https://a.example/?x=1&y=2' },
      ],
    });
  });

  it('edited faster than the limit: answer 429 with the seconds to wait', async () => {
    const { telegram } = await setUp({ editsPerSecond: 1 });
    const { message_id: id } = await telegram.sendMessage(PERSON, 'one');
    await telegram.editMessageText(PERSON, id, undefined, 'two');
    await expect(telegram.editMessageText(PERSON, id, undefined, 'three')).rejects.toMatchObject({
      code: 429,
      parameters: { retry_after: 1 },
    });
  });
});

describe('buttons', () => {
  it('pressed: send a callback query that can be answered once', async () => {
    const { server: api, telegram, refusal } = await setUp();
    const keyboard = { inline_keyboard: [[{ text: 'Stop it', callback_data: 'c:1' }]] };
    const { message_id: id } = await telegram.sendMessage(PERSON, 'one', { reply_markup: keyboard });
    const query = api.press(PERSON, id, 'Stop');
    expect(await telegram.getUpdates(0, 100, 0, undefined)).toMatchObject([
      { callback_query: { id: query, data: 'c:1', from: { id: PERSON }, message: { message_id: id } } },
    ]);
    await telegram.answerCbQuery(query, 'ok');
    expect(await refusal('answerCallbackQuery', { callback_query_id: query })).toContain('query is too old');
    expect(() => api.press(PERSON, id, 'Go')).toThrow('no button');
  });
});

describe('faults', () => {
  it('set for a call: occur in that call, as often as set', async () => {
    const { server: api, call, telegram } = await setUp();
    api.fail({
      kind: 'refuse',
      code: 429,
      description: 'Too Many Requests: retry after 7',
      retryAfter: 7,
      method: 'getMe',
    });
    await expect(telegram.getMe()).rejects.toMatchObject({ code: 429, parameters: { retry_after: 7 } });
    expect((await call('getMe')).ok).toBe(true);
    const clear = api.fail({ kind: 'reset', times: Infinity });
    await expect(telegram.getMe()).rejects.toThrow();
    clear();
    api.fail({ kind: 'html' });
    await expect(telegram.getMe()).rejects.toMatchObject({ code: 502 });
    api.fail({ kind: 'hang', method: 'getMe' });
    const url = `${api.url}/bot${api.token}/getMe`;
    await expect(fetch(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  });
});

it('files, commands and chat actions: are answered', async () => {
  const { call, server: api, telegram, refusal } = await setUp();
  api.addFile('f1', Buffer.from('content'));
  const link = await telegram.getFileLink('f1');
  expect(await (await fetch(link)).text()).toBe('content');
  expect(await telegram.setMyCommands([{ command: 'dv', description: 'Video' }])).toBe(true);
  expect(await refusal('setMyCommands', { commands: [{ command: 'DV', description: 'x' }] })).toContain(
    'BOT_COMMAND_INVALID',
  );
  expect(await telegram.sendChatAction(PERSON, 'typing')).toBe(true);
  const scope = (id: number) => ({ commands: [], scope: { type: 'chat', chat_id: id } });
  expect(await call('setMyCommands', scope(PERSON))).toMatchObject({ ok: true });
  expect(await refusal('setMyCommands', scope(PERSON + 1))).toContain('chat not found');
  expect(await telegram.setChatMenuButton({ chatId: PERSON })).toBe(true);
  const button = (url: string) => ({ menu_button: { type: 'web_app', text: 'Open', web_app: { url } } });
  expect(await call('setChatMenuButton', button('https://media.example.org/'))).toMatchObject({ ok: true });
  expect(await refusal('setChatMenuButton', button('http://media.example.org/'))).toContain('Only HTTPS links');
  expect(await refusal('setChatMenuButton', button('https://localhost/'))).toContain('Wrong HTTP URL');
});

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

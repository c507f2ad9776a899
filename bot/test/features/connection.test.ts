import { until } from '@linkcast/testing';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const GUEST = 700;
const OTHER = 701;
const CONFIRM_CALL = /^POST \/internal\/telegram-links\/confirm$/;
const QUESTION = 'Connect this Telegram account to “Carla”';
const YES = 'Yes, connect';

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** The question that a stranger gets by Carla's link. */
async function asked(bot: TestBot, name = 'Carla') {
  bot.start();
  const code = bot.ytApp.people.makeLink(name);
  bot.telegram.say(GUEST, `/start ${code}`);
  return { code, question: await bot.says('Connect this Telegram account', GUEST) };
}

describe('/start with the code of a link that connects an account', () => {
  it('sent by a stranger: asks, and connects the account when they press Yes', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot);
    expect(question.text).toContain('only if you have just chosen “Connect Telegram” on the site yourself');
    expect(buttonsOf(question)).toEqual([YES, 'No']);
    expect(bot.ytApp.people.get(GUEST)).toBeUndefined();
    bot.telegram.press(GUEST, question.messageId, YES);
    const result = await bot.says('Connected: here you are now “Carla”', GUEST);
    expect([result.messageId, buttonsOf(result)]).toEqual([question.messageId, []]);
    bot.telegram.say(GUEST, '/dv https://example.com/1');
    await bot.job('https://example.com/1');
    expect(bot.ytApp.people.callersOf(/^POST \/api\/jobs$/)).toEqual([GUEST]);
  });

  it('and No: connects nothing, and the person stays a stranger', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot);
    bot.telegram.press(GUEST, question.messageId, 'No');
    expect(buttonsOf(await bot.says('Nothing was connected.', GUEST))).toEqual([]);
    expect(bot.ytApp.people.callersOf(CONFIRM_CALL)).toEqual([]);
    bot.telegram.say(GUEST, '/help');
    await bot.says('This bot is private.', GUEST);
  });

  it('with a name of markup and many lines: shows it as plain text in one line', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot, `<b>Bob</b>\n\n\n${'x'.repeat(80)}`);
    expect(question.text).toContain(`“<b>Bob</b> ${'x'.repeat(38)}…” on the site?`);
    expect(question.entities).toEqual([]);
  });

  it('sent by an account of somebody else: is refused, and they stay who they are', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/start ${bot.ytApp.people.makeLink('Carla')}`);
    await bot.says('already belongs to another person here, and nothing was changed');
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    expect(bot.ytApp.people.get(MEMBER)?.name).not.toBe('Carla');
  });

  it('sent by a second account: is refused', async () => {
    await using bot = await createTestBot();
    const { code } = await asked(bot);
    bot.telegram.say(OTHER, `/start ${code}`);
    await bot.says('This link does not work any more', OTHER);
  });

  it('that has expired when Yes is pressed: the question becomes the reason', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot);
    bot.ytApp.people.endLinks();
    bot.telegram.press(GUEST, question.messageId, YES);
    expect((await bot.says('This link does not work any more', GUEST)).messageId).toBe(question.messageId);
  });

  it('while yt-app is away: says so, and Yes works when it is back', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot);
    await bot.ytApp.down();
    bot.telegram.press(GUEST, question.messageId, YES);
    await until(() =>
      bot.telegram
        .calls('answerCallbackQuery')
        .some(({ parameters }) => /not responding/.test(String(parameters['text']))),
    );
    await bot.ytApp.up();
    bot.telegram.press(GUEST, question.messageId, YES);
    await bot.says('Connected', GUEST);
  });

  it('written by somebody else and forwarded: asks nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    const code = bot.ytApp.people.makeLink('Carla');
    bot.telegram.say(GUEST, `/start ${code}`, {
      members: { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'x' } },
    });
    await bot.says('This bot is private.', GUEST);
    expect(JSON.stringify(bot.said(GUEST))).not.toContain(QUESTION);
  });

  it('whose question is answered by another account: connects nothing', async () => {
    await using bot = await createTestBot();
    const { question } = await asked(bot);
    const data = question.keyboard[0]?.[0]?.data ?? '';
    expect(data).toMatch(/^y:[a-z2-7]{20}$/);
    bot.telegram.openChat(OTHER);
    const forged = { id: 'f1', from: { id: OTHER, is_bot: false, first_name: 'X' }, chat_instance: '1', data };
    bot.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: OTHER, type: 'private' } } },
    });
    await until(() => bot.ytApp.people.callersOf(CONFIRM_CALL).length === 1);
    await bot.hasReadAll();
    expect(bot.ytApp.people.get(OTHER)).toBeUndefined();
  });

  it('is not written to the disk or the log', async () => {
    await using bot = await createTestBot();
    const { code } = await asked(bot);
    const file = await readFile(path.join(bot.folder, 'bot.sqlite'));
    expect(file.includes(code) || bot.log().includes(code)).toBe(false);
  });
});

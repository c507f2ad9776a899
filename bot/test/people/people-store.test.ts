import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createPeopleStore } from '../../src/people/people-store.ts';
import { openBotDatabase } from '../../src/bot-database.ts';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const STRANGER = 900;

describe('a stranger', () => {
  it('gets one refusal, whatever they send, and causes nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (const text of ['/start', `/dv ${LINK}`, LINK, '/help', '/cancel']) bot.telegram.say(STRANGER, text);
    await bot.says('This bot is private.', STRANGER);
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('is not refused again after a restart', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(STRANGER, '/start');
    await bot.says('This bot is private.', STRANGER);
    await bot.restart();
    bot.telegram.say(STRANGER, '/start');
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
  });

  it('who presses a button of a member, with data made up, changes nothing', async () => {
    await using bot = await createTestBot();
    bot.start({ allowedUsers: [MEMBER, 502] });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.job(LINK);
    const status = await bot.says('Waiting in the queue');
    bot.telegram.press(STRANGER, status.messageId, 'Cancel', { chatId: MEMBER });
    bot.telegram.openChat(502);
    const forged = { id: 'f1', from: { id: 502, is_bot: false, first_name: 'X' }, chat_instance: '1', data: 'c:1' };
    bot.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: 502, type: 'private' } } },
    });
    await bot.hasReadAll();
    expect(bot.ytApp.jobs()[0]?.state).toBe('queued');
  });
});

describe('the first owner', () => {
  it('claims the bot with the code, is then a member, and nobody else can', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('You are now the owner of this bot.', 700);
    bot.telegram.say(700, `/dv ${LINK}`);
    await bot.job(LINK);
    bot.telegram.say(701, `/start ${OWNER_CODE}`);
    await bot.says('This bot is private.', 701);
    await bot.restart();
    bot.telegram.say(700, '/help');
    await bot.says('Paste a link', 700);
  });

  it('with a wrong code is told five times an hour, then not even the right one is looked at', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (let attempt = 0; attempt < 7; attempt += 1) bot.telegram.say(700, `/start wrong-code-${attempt}`);
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('Wrong code.', 700);
    await bot.hasReadAll();
    await until(() => bot.said(700).length === 5);
    bot.telegram.say(701, `/start ${OWNER_CODE}`);
    await bot.says('You are now the owner', 701);
  });

  it('is nobody who sends the code while OWNERS names one', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [1] });
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('This bot is private.', 700);
  });
});

describe('access over time', () => {
  it('refuses once a day, and counts wrong codes by the hour', () => {
    let now = 1_000_000_000_000;
    const database = openBotDatabase(':memory:');
    const people = createPeopleStore({ database, allowedUsers: [], owners: [], ownerCode: OWNER_CODE, now: () => now });
    expect([people.mayRefuse(9), people.mayRefuse(9)]).toEqual([true, false]);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(people.claim(9, 'wrong')).toBe('wrong');
    expect(people.claim(9, OWNER_CODE)).toBe('too-many');
    now += 3_600_001;
    expect(people.claim(9, OWNER_CODE)).toBe('claimed');
    now += 86_400_001;
    expect(people.mayRefuse(8)).toBe(true);
    expect(people.roleOf(9)).toBe('owner');
    database.close();
  });
});

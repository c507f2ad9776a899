import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createPeopleStore } from '../../src/people/people-store.ts';
import { openBotDatabase } from '../../src/bot-database.ts';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const STRANGER = 900;

describe('a stranger', () => {
  it('sending several messages: gets one refusal, and submits nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (const text of ['/start', `/dv ${LINK}`, LINK, '/help', '/cancel']) bot.telegram.say(STRANGER, text);
    await bot.says('This bot is private.', STRANGER);
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('writing again after a restart of the bot: gets no second refusal', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(STRANGER, '/start');
    await bot.says('This bot is private.', STRANGER);
    await bot.restart();
    bot.telegram.say(STRANGER, '/start');
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
  });

  it('pressing Cancel of a member, or another member sending forged data: does not cancel the job', async () => {
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

describe('a claim of the bot', () => {
  it('with the owner code: makes the sender owner and member, and later claims are refused', async () => {
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

  it('after five wrong codes within an hour: is ignored even with the right code, but succeeds for another person', async () => {
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

  it('with the owner code while OWNERS names an owner: is refused', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [1] });
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('This bot is private.', 700);
  });
});

describe('limits over time', () => {
  it('a stranger: gets one refusal, and after five wrong codes may claim the bot an hour later', () => {
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

import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createAccess } from '../src/access.ts';
import { openBotDatabase } from '../src/bot-database.ts';
import { createStage, MEMBER, OWNER_CODE } from './stage.ts';

const LINK = 'https://example.com/watch?v=1';
const STRANGER = 900;

describe('a stranger', () => {
  it('gets one refusal, whatever they send, and causes nothing', async () => {
    await using stage = await createStage();
    stage.start();
    for (const text of ['/start', `/dv ${LINK}`, LINK, '/help', '/cancel']) stage.telegram.say(STRANGER, text);
    await stage.hears('This bot is private.', STRANGER);
    await stage.settled();
    expect(stage.said(STRANGER)).toHaveLength(1);
    expect(stage.ytApp.submissions).toEqual([]);
  });

  it('is not refused again after a restart', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(STRANGER, '/start');
    await stage.hears('This bot is private.', STRANGER);
    await stage.restart();
    stage.telegram.say(STRANGER, '/start');
    await stage.settled();
    expect(stage.said(STRANGER)).toHaveLength(1);
  });

  it('who presses a button of a member, with data made up, changes nothing', async () => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 502] });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.job(LINK);
    const status = await stage.hears('Waiting for its turn');
    stage.telegram.press(STRANGER, status.messageId, 'Cancel', { chatId: MEMBER });
    stage.telegram.openChat(502);
    const forged = { id: 'f1', from: { id: 502, is_bot: false, first_name: 'X' }, chat_instance: '1', data: 'c:1' };
    stage.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: 502, type: 'private' } } },
    });
    await stage.settled();
    expect(stage.ytApp.jobs()[0]?.state).toBe('queued');
  });
});

describe('the first owner', () => {
  it('claims the bot with the code, is then a member, and nobody else can', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(700, `/start ${OWNER_CODE}`);
    await stage.hears('You are the owner of this bot now.', 700);
    stage.telegram.say(700, `/dv ${LINK}`);
    await stage.job(LINK);
    stage.telegram.say(701, `/start ${OWNER_CODE}`);
    await stage.hears('This bot is private.', 701);
    await stage.restart();
    stage.telegram.say(700, '/help');
    await stage.hears('Paste a link', 700);
  });

  it('with a wrong code is told five times an hour, then not even the right one is looked at', async () => {
    await using stage = await createStage();
    stage.start();
    for (let attempt = 0; attempt < 7; attempt += 1) stage.telegram.say(700, `/start wrong-code-${attempt}`);
    stage.telegram.say(700, `/start ${OWNER_CODE}`);
    await stage.hears('That is not the code.', 700);
    await stage.settled();
    await until(() => stage.said(700).length === 5);
    stage.telegram.say(701, `/start ${OWNER_CODE}`);
    await stage.hears('You are the owner', 701);
  });

  it('is nobody who sends the code while OWNERS names one', async () => {
    await using stage = await createStage();
    stage.start({ owners: [1] });
    stage.telegram.say(700, `/start ${OWNER_CODE}`);
    await stage.hears('This bot is private.', 700);
  });
});

describe('access over time', () => {
  it('refuses once a day, and counts wrong codes by the hour', () => {
    let now = 1_000_000_000_000;
    const database = openBotDatabase(':memory:');
    const access = createAccess({ database, allowedUsers: [], owners: [], ownerCode: OWNER_CODE, now: () => now });
    expect([access.mayRefuse(9), access.mayRefuse(9)]).toEqual([true, false]);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(access.claim(9, 'wrong')).toBe('wrong');
    expect(access.claim(9, OWNER_CODE)).toBe('too-many');
    now += 3_600_001;
    expect(access.claim(9, OWNER_CODE)).toBe('claimed');
    now += 86_400_001;
    expect(access.mayRefuse(8)).toBe(true);
    expect(access.roleOf(9)).toBe('owner');
    database.close();
  });
});

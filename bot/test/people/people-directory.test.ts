import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER, MEMBER_CODE } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const STRANGER = 900;
const GROUP = -1001234;
const ME_CALL = /^GET \/api\/me$/;

describe('a stranger', () => {
  it('sending several messages: gets one refusal, submits nothing, and is asked about once', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (const text of ['/start', `/dv ${LINK}`, LINK, '/help', '/cancel']) bot.telegram.say(STRANGER, text);
    await bot.says('This bot is private.', STRANGER);
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
    expect(bot.ytApp.submissions).toEqual([]);
    expect(bot.ytApp.people.callersOf(ME_CALL).filter((id) => id === STRANGER)).toHaveLength(1);
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
    bot.start({ members: [MEMBER, 502] });
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
    expect(bot.ytApp.people.callersOf(/^DELETE \/api\/jobs/)).toEqual([]);
  });

  it('talking to others in a group: is not asked about', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(STRANGER, LINK, { chatId: GROUP });
    bot.telegram.say(STRANGER, 'hello', { chatId: GROUP });
    await bot.hasReadAll();
    expect(bot.ytApp.people.callersOf(ME_CALL)).not.toContain(STRANGER);
  });
});

describe('a removed person', () => {
  it('whose link yt-app refuses: gets the reason, and their next message is refused at once', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(502, '/help');
    await bot.says('Paste a link', 502);
    bot.ytApp.people.remove(502);
    bot.telegram.say(502, `/dv ${LINK}`);
    await bot.says('❌ I do not know this account.', 502);
    bot.telegram.say(502, '/help');
    await bot.says('This bot is private.', 502);
    expect(bot.ytApp.jobs()).toEqual([]);
  });

  it('who asks for a sign-in link: gets none, and is refused afterwards', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(502, '/help');
    await bot.says('Paste a link', 502);
    bot.ytApp.people.remove(502);
    bot.telegram.say(502, '/signin');
    await bot.says('I do not know this account.', 502);
    bot.telegram.say(502, '/signin');
    await bot.says('This bot is private.', 502);
    expect(bot.ytApp.access.codes).toEqual([]);
  });

  it('invited again: is let in at once', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER] });
    bot.telegram.say(STRANGER, '/help');
    await bot.says('This bot is private.', STRANGER);
    bot.telegram.say(STRANGER, `/start ${MEMBER_CODE}`);
    await bot.says('You have joined', STRANGER);
    bot.telegram.say(STRANGER, `/dv ${LINK}`);
    await bot.job(LINK);
  });
});

describe('yt-app unreachable', () => {
  it('when a person writes about whom it has never answered: they are asked to try again, once a minute', async () => {
    await using bot = await createTestBot();
    await bot.ytApp.down();
    bot.start();
    for (const text of ['/help', `/dv ${LINK}`]) bot.telegram.say(MEMBER, text);
    await bot.says('Linkcast is not responding. Try again in a minute.');
    await bot.ytApp.up();
    await until(() => bot.log().includes('bot account reported to yt-app'));
    await until(() => bot.log().includes('events of yt-app are received again'));
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('There is nothing to cancel');
    expect(bot.said()).toHaveLength(2);
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('when a known person writes, also after a restart of the bot: their link is taken, and submitted in their name later', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    await bot.stop();
    await bot.ytApp.down();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('Linkcast is not responding. I will keep trying.');
    await bot.ytApp.up();
    await bot.job(LINK);
    expect(new Set(bot.ytApp.people.callersOf(/^POST \/api\/jobs$/))).toEqual(new Set([MEMBER]));
  });

  it('when a known stranger writes: they stay refused', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(STRANGER, '/help');
    await bot.says('This bot is private.', STRANGER);
    await bot.hasReadAll(); // the member is known, too
    await bot.stop();
    await bot.ytApp.down();
    bot.start();
    bot.telegram.say(STRANGER, `/dv ${LINK}`);
    await bot.hasReadAll();
    expect(bot.said(STRANGER)).toHaveLength(1);
  });
});

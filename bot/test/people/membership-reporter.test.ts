import { until } from '@linkcast/testing';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const SET_CALL = /^POST \/internal\/membership$/;

describe('the list of people who may sign in', () => {
  it('at the start of the bot: is reported to yt-app with each person once, the bot and the key for Mini Apps, without the token', async () => {
    await using bot = await createTestBot();
    bot.start({ allowedUsers: [MEMBER, 700], owners: [700] });
    const { memberships } = bot.ytApp.access;
    const reported = await until(() => memberships.find(({ botName }) => botName === bot.telegram.username));
    expect(reported.members).toEqual([
      { telegramId: 700, role: 'owner' },
      { telegramId: MEMBER, role: 'member' },
    ]);
    expect(reported.miniAppKey).toBe(createHmac('sha256', 'WebAppData').update(bot.telegram.token).digest('hex'));
    expect(JSON.stringify(reported)).not.toContain(bot.telegram.token.split(':')[1]);
  });

  it('with a new owner who claims the bot: is reported again', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(800, `/start ${OWNER_CODE}`);
    await bot.says('You are now the owner', 800);
    const { memberships } = bot.ytApp.access;
    await until(() =>
      memberships.at(-1)?.members.some(({ telegramId, role }) => telegramId === 800 && role === 'owner'),
    );
  });

  it('with yt-app unreachable: is reported each time it is back, and messages are answered meanwhile', async () => {
    await using bot = await createTestBot();
    await bot.ytApp.down();
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    await bot.ytApp.up();
    await until(() => bot.ytApp.access.memberships.length > 0);
    const before = bot.ytApp.access.memberships.length;
    await bot.ytApp.down();
    await bot.ytApp.up();
    await until(() => bot.ytApp.access.memberships.length > before);
  });

  it('refused by yt-app three times: is reported again until yt-app accepts it', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall(
      { path: SET_CALL, problem: 'internal' },
      { path: SET_CALL, problem: 'internal' },
      { path: SET_CALL, problem: 'internal' },
    );
    bot.start();
    await until(() => bot.ytApp.access.memberships.length > 0);
    await until(() => bot.log().includes('members reported to yt-app'));
  });
});

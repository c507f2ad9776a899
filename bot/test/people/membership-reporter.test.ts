import { until } from '@linkcast/testing';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const SET_CALL = /^POST \/internal\/membership$/;

describe('who may sign in', () => {
  it('is reported to yt-app at the start: each person once, the bot, and the key for Mini Apps, not the token', async () => {
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

  it('is reported again when somebody claims the bot', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(800, `/start ${OWNER_CODE}`);
    await bot.says('You are now the owner', 800);
    const { memberships } = bot.ytApp.access;
    await until(() =>
      memberships.at(-1)?.members.some(({ telegramId, role }) => telegramId === 800 && role === 'owner'),
    );
  });

  it('is reported again when yt-app was away, and nobody waits for that', async () => {
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

  it('that yt-app could not take is reported until it does', async () => {
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

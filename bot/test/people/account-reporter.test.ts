import { until } from '@linkcast/testing';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const SET_CALL = /^POST \/internal\/bot$/;

describe('the account of the bot', () => {
  it('at the start: is reported to yt-app with its name and the key for Mini Apps, without the token', async () => {
    await using bot = await createTestBot();
    bot.start();
    const { accounts } = bot.ytApp.people;
    const reported = await until(() => accounts.find(({ name }) => name === bot.telegram.username));
    expect(reported.miniAppKey).toBe(createHmac('sha256', 'WebAppData').update(bot.telegram.token).digest('hex'));
    expect(JSON.stringify(reported)).not.toContain(bot.telegram.token.split(':')[1]);
  });

  it('with Telegram unreachable: is reported without a name, and again when the name is known', async () => {
    await using bot = await createTestBot();
    const clear = bot.telegram.fail({ kind: 'reset', method: 'getMe', times: Infinity });
    bot.start();
    const { accounts } = bot.ytApp.people;
    await until(() => accounts.length > 0);
    expect(accounts[0]?.name).toBeNull();
    clear();
    await until(() => accounts.at(-1)?.name === bot.telegram.username);
  });

  it('with yt-app unreachable: is reported each time it is back', async () => {
    await using bot = await createTestBot();
    await bot.ytApp.down();
    bot.start();
    await bot.ytApp.up();
    const { accounts } = bot.ytApp.people;
    await until(() => accounts.length > 0);
    await bot.hasReadAll();
    const before = accounts.length;
    await bot.ytApp.down();
    await bot.ytApp.up();
    await until(() => accounts.length > before);
  });

  it('refused by yt-app three times: is reported again until yt-app accepts it', async () => {
    await using bot = await createTestBot();
    const fault = { path: SET_CALL, problem: 'internal' } as const;
    bot.ytApp.access.refuseCall(fault, fault, fault);
    bot.start();
    await until(() => bot.ytApp.people.accounts.length > 0);
    await until(() => bot.log().includes('bot account reported to yt-app'));
  });

  it('an answer to a member: is made with calls in the name of the member', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/signout');
    await bot.says('Signed out on 2 devices.');
    expect(bot.ytApp.people.callersOf(/^DELETE \/api\/sessions$/)).toEqual([MEMBER]);
    expect(bot.ytApp.people.callersOf(/^POST \/internal\/bot$/).every((id) => id === undefined)).toBe(true);
  });
});

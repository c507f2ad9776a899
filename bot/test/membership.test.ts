import { until } from '@linkcast/testing';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createStage, MEMBER, OWNER_CODE } from './stage.ts';

const SET_CALL = /^POST \/internal\/membership$/;

describe('who may sign in', () => {
  it('is told to yt-app at the start: each person once, the bot, and the key for Mini Apps, not the token', async () => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 700], owners: [700] });
    const { memberships } = stage.ytApp.access;
    const told = await until(() => memberships.find(({ botName }) => botName === stage.telegram.username));
    expect(told.members).toEqual([
      { telegramId: 700, role: 'owner' },
      { telegramId: MEMBER, role: 'member' },
    ]);
    expect(told.miniAppKey).toBe(createHmac('sha256', 'WebAppData').update(stage.telegram.token).digest('hex'));
    expect(JSON.stringify(told)).not.toContain(stage.telegram.token.split(':')[1]);
  });

  it('is told again when somebody claims the bot', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(800, `/start ${OWNER_CODE}`);
    await stage.hears('You are the owner', 800);
    const { memberships } = stage.ytApp.access;
    await until(() =>
      memberships.at(-1)?.members.some(({ telegramId, role }) => telegramId === 800 && role === 'owner'),
    );
  });

  it('is told again when yt-app was away, and nobody waits for that', async () => {
    await using stage = await createStage();
    await stage.ytApp.down();
    stage.start();
    stage.telegram.say(MEMBER, '/help');
    await stage.hears('Paste a link');
    await stage.ytApp.up();
    await until(() => stage.ytApp.access.memberships.length > 0);
    const before = stage.ytApp.access.memberships.length;
    await stage.ytApp.down();
    await stage.ytApp.up();
    await until(() => stage.ytApp.access.memberships.length > before);
  });

  it('that yt-app could not take is told until it does', async () => {
    await using stage = await createStage();
    stage.ytApp.access.refuseCall(
      { path: SET_CALL, problem: 'internal' },
      { path: SET_CALL, problem: 'internal' },
      { path: SET_CALL, problem: 'internal' },
    );
    stage.start();
    await until(() => stage.ytApp.access.memberships.length > 0);
    await until(() => stage.log().includes('yt-app knows the members now'));
  });
});

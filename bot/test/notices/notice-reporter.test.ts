import { until } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBotDatabase, pruneBotDatabase } from '../../src/bot-database.ts';
import { createNoticeStore } from '../../src/notices/notice-store.ts';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';
import { sampleNotice } from './sample-notice.ts';

const OWNERS = [700, 701];
const closed = sampleNotice();

describe('a notice', () => {
  it('present at every check and after a restart: is reported once to each owner, and to no member', async () => {
    await using bot = await createTestBot();
    for (const owner of OWNERS) bot.telegram.openChat(owner);
    bot.ytApp.access.setHealth({ notices: [closed] });
    bot.start({ owners: OWNERS, noticesMs: 30 });
    for (const owner of OWNERS) await bot.says(`⚠️ ${closed.sentence}`, owner);
    await bot.hasReadAll();
    await bot.restart({ owners: OWNERS, noticesMs: 30 });
    await bot.hasReadAll();
    for (const owner of OWNERS) expect(bot.said(owner)).toHaveLength(1);
    expect(bot.said(MEMBER).some((one) => one.text.includes('Port 443'))).toBe(false);
  });

  it('that appears after the start: is reported at the next check', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(700);
    bot.start({ owners: [700], noticesMs: 30 });
    await bot.hasReadAll();
    bot.ytApp.access.setHealth({
      notices: [closed, sampleNotice({ key: 'certificate:due', sentence: 'Not renewed yet.' })],
    });
    await bot.says('Not renewed yet.', 700);
    expect(bot.said(700)).toHaveLength(2);
  });

  it('present before the bot has an owner: is reported to the person who claims the bot', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.setHealth({ notices: [closed] });
    bot.start();
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('You are now the owner', 700);
    await bot.says('Port 443 is closed', 700);
  });

  it('with yt-app and Telegram unreachable at first: is reported once when both are back', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(700);
    bot.ytApp.access.setHealth({ notices: [closed] });
    await bot.ytApp.down();
    const clear = bot.telegram.fail({ kind: 'reset', method: 'sendMessage', times: Infinity });
    bot.start({ owners: [700] });
    await bot.ytApp.up();
    await until(() => bot.log().includes('notice reported to owner'));
    await bot.restart({ owners: [700] });
    clear();
    await bot.says('Port 443 is closed', 700);
    expect(bot.said(700)).toHaveLength(1);
  });

  it('undeliverable to an owner who never wrote to the bot: still reaches the other owner', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(701);
    bot.ytApp.access.setHealth({ notices: [closed] });
    bot.start({ owners: OWNERS });
    await bot.says('Port 443 is closed', 701);
    await bot.hasReadAll();
  });

  it('absent for more than 60 days: is reported again', async () => {
    await using bot = await createTestBot();
    let now = 1_000_000_000_000;
    const day = 86_400_000;
    const reported: number[] = [];
    const database = openBotDatabase(path.join(bot.folder, 'notices.sqlite'));
    const notices = createNoticeStore(database, () => now);
    const check = (): void => {
      pruneBotDatabase(database, now);
      notices.reportOnce(7, 'key', () => reported.push(now));
    };
    check();
    for (const days of [50, 50, 61]) {
      now += days * day;
      check();
    }
    expect(reported).toEqual([1_000_000_000_000, now]);
    database.close();
  });
});

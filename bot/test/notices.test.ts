import { until } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBotDatabase, pruneBotDatabase } from '../src/bot-database.ts';
import { createNoticeStore } from '../src/notice-store.ts';
import { createStage, MEMBER, OWNER_CODE } from './stage.ts';

const OWNERS = [700, 701];
const closed = { key: 'reachability:port-closed', sentence: 'Port 443 is closed: lead it to <this machine> & 4433.' };

describe('a notice', () => {
  it('is told to each owner once, also after a restart, and to no member', async () => {
    await using stage = await createStage();
    for (const owner of OWNERS) stage.telegram.openChat(owner);
    stage.ytApp.access.setHealth({ notices: [closed] });
    stage.start({ owners: OWNERS, noticesMs: 30 });
    for (const owner of OWNERS) await stage.hears(`⚠️ ${closed.sentence}`, owner);
    await stage.settled();
    await stage.restart({ owners: OWNERS, noticesMs: 30 });
    await stage.settled();
    for (const owner of OWNERS) expect(stage.said(owner)).toHaveLength(1);
    expect(stage.said(MEMBER).some((one) => one.text.includes('Port 443'))).toBe(false);
  });

  it('that comes up later is told at the next look', async () => {
    await using stage = await createStage();
    stage.telegram.openChat(700);
    stage.start({ owners: [700], noticesMs: 30 });
    await stage.settled();
    stage.ytApp.access.setHealth({ notices: [closed, { key: 'certificate:due', sentence: 'Not renewed yet.' }] });
    await stage.hears('Not renewed yet.', 700);
    expect(stage.said(700)).toHaveLength(2);
  });

  it('reaches the owner who claims the bot', async () => {
    await using stage = await createStage();
    stage.ytApp.access.setHealth({ notices: [closed] });
    stage.start();
    stage.telegram.say(700, `/start ${OWNER_CODE}`);
    await stage.hears('You are the owner', 700);
    await stage.hears('Port 443 is closed', 700);
  });

  it('is told when yt-app answers at last, and when Telegram does', async () => {
    await using stage = await createStage();
    stage.telegram.openChat(700);
    stage.ytApp.access.setHealth({ notices: [closed] });
    await stage.ytApp.down();
    const clear = stage.telegram.fail({ kind: 'reset', method: 'sendMessage', times: Infinity });
    stage.start({ owners: [700] });
    await stage.ytApp.up();
    await until(() => stage.log().includes('an owner is told'));
    await stage.restart({ owners: [700] });
    clear();
    await stage.hears('Port 443 is closed', 700);
    expect(stage.said(700)).toHaveLength(1);
  });

  it('to an owner who never wrote to the bot stops nothing', async () => {
    await using stage = await createStage();
    stage.telegram.openChat(701);
    stage.ytApp.access.setHealth({ notices: [closed] });
    stage.start({ owners: OWNERS });
    await stage.hears('Port 443 is closed', 701);
    await stage.settled();
  });

  it('that did not come up for 60 days is news again', async () => {
    await using stage = await createStage();
    let now = 1_000_000_000_000;
    const day = 86_400_000;
    const told: number[] = [];
    const database = openBotDatabase(path.join(stage.folder, 'notices.sqlite'));
    const notices = createNoticeStore(database, () => now);
    const look = (): void => {
      pruneBotDatabase(database, now);
      notices.tellOnce(7, 'key', () => told.push(now));
    };
    look();
    for (const days of [50, 50, 61]) {
      now += days * day;
      look();
    }
    expect(told).toEqual([1_000_000_000_000, now]);
    database.close();
  });
});

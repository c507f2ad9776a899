import { createBotApiServer, createServiceProcess, until, type BotApiServer } from '@linkcast/testing';
import { message } from '@linkcast/texts';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER, OWNER_CODE, SERVICE_KEY } from '../test-bot.ts';
import { createYtAppStandIn } from '../yt-app/yt-app-stand-in.ts';
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

  it('present before there is an owner: is reported to the person who becomes one', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.setHealth({ notices: [closed] });
    bot.start();
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('You are now an owner', 700);
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

  it('with an action, critical: shows both', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(700);
    const action = { sentence: 'Lead it here.' };
    bot.ytApp.access.setHealth({
      notices: [sampleNotice({ severity: 'critical', sentence: 'It is closed.', action })],
    });
    bot.start({ owners: [700] });
    expect((await bot.says('It is closed.', 700)).text).toBe('🚨 It is closed.\nLead it here.');
  });

  it('that ends: is reported as solved once, in the language of the owner; one of severity info is not', async () => {
    await using bot = await createTestBot();
    let now = Date.parse(closed.since);
    bot.telegram.setLanguage(700, 'es');
    bot.telegram.openChat(700);
    const local = { sentence: 'No DOMAIN_NAME is set.', message: message('reach-local') };
    bot.ytApp.access.setHealth({
      notices: [sampleNotice(local), sampleNotice({ key: 'info', severity: 'info', sentence: 'Something happened.' })],
    });
    const options = { owners: [700], noticesMs: 30, noticeClock: () => now };
    bot.start(options);
    bot.telegram.say(700, '/cancel');
    await bot.says('Something happened.', 700);
    bot.ytApp.access.setHealth({ notices: [] });
    await bot.checksNotices();
    now += 11 * 60_000;
    await bot.says('✅ Resuelto: DOMAIN_NAME no está configurado', 700);
    await bot.restart(options);
    now += 60 * 60_000;
    await bot.checksNotices();
    expect(bot.said(700).filter(({ text }) => text.startsWith('✅'))).toHaveLength(1);
  });
});

describe('a bot that is killed', () => {
  const settings = (telegram: BotApiServer, url: string) => ({
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    YT_APP_URL: url,
    SERVICE_KEY,
  });

  it('before and after the delivery of a report: reports the notice once', async () => {
    const telegram = await createBotApiServer();
    const ytApp = await createYtAppStandIn(SERVICE_KEY);
    ytApp.people.add(700, 'owner');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
    const bot = createServiceProcess('bot/src/main.ts', { DATA_DIR: folder, ...settings(telegram, ytApp.url) });
    try {
      telegram.openChat(700);
      ytApp.access.setHealth({ notices: [closed] });
      const reports = () => telegram.messages(700).filter(({ text }) => text.includes('Port 443 is closed'));
      /** Its answer comes after all earlier messages. */
      const answersHelp = async (): Promise<void> => {
        telegram.say(700, '/help');
        await until(() => telegram.messages(700).at(-1)?.text.includes('/dv'), 20);
      };
      const clear = telegram.fail({ kind: 'reset', method: 'sendMessage', times: Infinity });
      bot.start();
      await until(() => bot.log().includes('notice reported to owner'), 20);
      await bot.kill('SIGKILL');
      clear();
      bot.start();
      await until(() => reports().length > 0, 20);
      await answersHelp();
      await bot.kill('SIGKILL');
      bot.start();
      await answersHelp();
      expect(reports()).toHaveLength(1);
      expect(bot.log().split('notice reported to owner')).toHaveLength(2);
    } finally {
      await bot.kill('SIGKILL');
      await Promise.all([telegram.close(), ytApp.down()]);
      await rm(folder, { recursive: true, force: true });
    }
  });
});

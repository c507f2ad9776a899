import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER, type TestBotOptions } from '../test-bot.ts';
import { MEDIA_ID } from '../yt-app/yt-app-stand-in.ts';

const LINK = 'https://example.com/watch?v=1';
const OTHER = 502;
const OFF = '🔕 No more of these';
const SITE = 'http://localhost:8080';
/** Ends come together within this time, in milliseconds. */
const COLLECT_MS = 300;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** Starts the bot, with a short time in which ends are collected. The members have written to it. */
async function started(bot: TestBot, options: TestBotOptions = {}) {
  const members = [MEMBER, OTHER];
  bot.start({ members, reportPace: { collectMs: COLLECT_MS, spacingMs: 0, retryMs: 100 }, ...options });
  for (const person of members) {
    bot.telegram.say(person, '/cancel');
    await bot.says('nothing to cancel', person);
  }
}
const reportsTo = (bot: TestBot, chatId = MEMBER) => bot.said(chatId).filter((one) => buttonsOf(one).includes(OFF));
const linkOf = (number: number) => `https://example.com/${number}`;

describe('the end of a job that was sent on the site', () => {
  it('is reported in the private chat of its requester: silently, once, with the link', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const { id } = bot.ytApp.addJobOf(MEMBER, LINK);
    bot.ytApp.finish(id, { title: 'Tom & <b>Jerry</b>' });
    const report = await bot.says('✅ Ready');
    expect(report.text).toBe(`🎬 Tom & <b>Jerry</b>\n✅ Ready\n▶️ Watch: ${SITE}/watch/${MEDIA_ID}`);
    const { parameters } = bot.telegram.calls('sendMessage').at(-1) ?? {};
    expect(parameters?.['disable_notification']).toBe(true);
    await bot.restart();
    await bot.hasReadAll();
    expect(reportsTo(bot)).toHaveLength(1);
    expect(reportsTo(bot, OTHER)).toEqual([]);
  });

  it('with damage of the source: says how much cannot be played, in the language of the requester', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.telegram.say(MEMBER, '/lang');
    bot.telegram.press(MEMBER, (await bot.says('Which language')).messageId, 'Español');
    await bot.says('español');
    const arrived = { seconds: 3, ranges: [{ from: 29, to: 32 }] };
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, LINK).id, {
      damage: { cause: 'source', ...arrived, source: null, repair: null },
    });
    await bot.says('✅ Listo, pero 3 s no se pueden reproducir');
  });

  it('on a public site: has a button that opens the item as a Mini App', async () => {
    await using bot = await createTestBot();
    await started(bot, { siteUrl: 'https://media.example.org' });
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, LINK).id);
    const webApp = `https://media.example.org/watch/${MEDIA_ID}`;
    expect((await bot.says('✅ Ready')).keyboard[0]).toEqual([{ text: '▶️ Watch', webApp }]);
  });

  it('of a list: says how many of its videos are ready, and how many failed', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const children = { total: 3, queued: 0, running: 0, ready: 2, failed: 1, cancelled: 0 };
    const links = { page: null, hls: null, file: null };
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, LINK).id, { title: 'A list', children, links });
    expect((await bot.says('✅ Ready')).text).toBe('🎬 A list\n✅ Ready · 2 of 3 ready, 1 failed');
  });

  it('that failed: is reported with the reason', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.ytApp.fail(bot.ytApp.addJobOf(MEMBER, LINK).id, 'source-drm');
    expect((await bot.says('❌ This is protected by DRM')).text).toContain(LINK);
  });

  it('beside 49 others: is one message, with the failures first', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const jobs = Array.from({ length: 50 }, (_, index) => bot.ytApp.addJobOf(MEMBER, linkOf(index)));
    for (const [index, { id }] of jobs.entries())
      if (index === 49) bot.ytApp.fail(id, 'source-drm');
      else bot.ytApp.finish(id, { title: `${'A long title '.repeat(20)}${index}` });
    const report = await bot.says('49 downloads are ready, 1 download failed');
    const lines = report.text.split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[1]).toMatch(/^❌ https:\/\/example\.com\/49 – This is protected by DRM/);
    expect(lines.slice(-2)).toEqual(['…and 40 more.', `${SITE}/`]);
    await bot.hasReadAll();
    expect(reportsTo(bot)).toHaveLength(1);
  });

  it('of three children and their parent: is reported once, for the parent', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const [parent, ...children] = [0, 1, 2, 3].map((number) => bot.ytApp.addJobOf(MEMBER, linkOf(number)));
    for (const { id } of children) bot.ytApp.finish(id, { parentId: parent?.id ?? null, title: `Part ${id}` });
    bot.ytApp.finish(parent?.id ?? '', { title: 'The whole list' });
    expect((await bot.says('✅ Ready')).text).toContain('The whole list');
    await bot.hasReadAll();
    expect(reportsTo(bot)).toHaveLength(1);
    expect(JSON.stringify(reportsTo(bot))).not.toContain('Part');
  });

  it('soon after another one: waits, so that a person gets few messages', async () => {
    await using bot = await createTestBot();
    await started(bot, { reportPace: { collectMs: 20, spacingMs: 1000, retryMs: 100 } });
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(1)).id, { title: 'First' });
    const first = await bot.says('First');
    for (const number of [2, 3]) bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(number)).id);
    const second = await bot.says('2 downloads are ready');
    expect(second.sentAt - first.sentAt).toBeGreaterThan(900);
  });

  it('that was sent in chat: is shown by its own message only', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    bot.ytApp.finish((await bot.job(LINK)).id);
    await bot.says('✅ Ready');
    bot.ytApp.finish(bot.ytApp.addJobOf(OTHER, linkOf(2)).id);
    await until(() => reportsTo(bot, OTHER).length === 1); // a later end
    expect(reportsTo(bot)).toEqual([]);
  });

  it('that was sent in chat, has failed, and was retried on the site: is reported', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.fail(id, 'source-drm');
    await bot.says('❌ This is protected by DRM');
    bot.ytApp.change(id, { state: 'queued', problem: null, finishedAt: null });
    bot.ytApp.finish(id, { title: 'At last' });
    expect((await bot.says('At last')).text).toContain('✅ Ready');
    expect(reportsTo(bot)).toHaveLength(1);
  });

  it('that somebody else has asked for in chat: is reported to the requester, too', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const { id } = bot.ytApp.addJobOf(MEMBER, LINK);
    bot.telegram.say(OTHER, `/dv ${LINK}`);
    await bot.says('Waiting in the queue', OTHER);
    bot.ytApp.finish(id);
    await until(() => reportsTo(bot).length === 1);
    await bot.says('✅ Ready', OTHER);
    expect(reportsTo(bot, OTHER)).toEqual([]);
  });

  it('while the bot is stopped: is reported after its start', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const { id } = bot.ytApp.addJobOf(MEMBER, LINK);
    bot.ytApp.download(id, 0.5);
    await bot.hasReadAll();
    await bot.stop();
    bot.ytApp.finish(id);
    bot.start({ reportPace: { collectMs: 20 } });
    await bot.says('✅ Ready');
    expect(reportsTo(bot)).toHaveLength(1);
  });

  it('while yt-app fails: is reported when it answers again', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const fault = { path: /report-account$/, problem: 'database-unavailable' } as const;
    bot.ytApp.access.refuseCall({ ...fault }, { ...fault });
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, LINK).id);
    await bot.says('✅ Ready');
    expect(bot.log().match(/ends of jobs could not be reported/g)).toHaveLength(2);
  });

  it('that was cancelled, or runs again meanwhile: is not reported', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const [cancelled, retried, ready] = [1, 2, 3].map((number) => bot.ytApp.addJobOf(MEMBER, linkOf(number)));
    bot.ytApp.change(cancelled?.id ?? '', { state: 'cancelled', finishedAt: new Date().toISOString() });
    bot.ytApp.fail(retried?.id ?? '', 'source-stalled');
    bot.ytApp.change(retried?.id ?? '', { state: 'queued', problem: null, finishedAt: null });
    bot.ytApp.finish(ready?.id ?? '', { title: 'Third' });
    expect((await bot.says('Third')).text).toContain('✅ Ready\n');
    expect(reportsTo(bot)).toHaveLength(1);
  });

  it('of a person who was removed meanwhile: is not reported, and delays nobody', async () => {
    await using bot = await createTestBot();
    await started(bot);
    const jobs = [MEMBER, OTHER].map((person) => bot.ytApp.addJobOf(person, linkOf(person)));
    bot.ytApp.people.remove(MEMBER);
    for (const { id } of jobs) bot.ytApp.finish(id);
    await until(() => reportsTo(bot, OTHER).length === 1);
    expect(reportsTo(bot)).toEqual([]);
  });

  it('of somebody who has blocked the bot: is dropped, and later ones are reported when they have unblocked it', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.telegram.block(MEMBER);
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(1)).id, { title: 'First' });
    await until(() => bot.telegram.calls('sendMessage').some(({ refusal }) => refusal === 403));
    bot.telegram.unblock(MEMBER);
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(2)).id, { title: 'Second' });
    await bot.says('Second');
    expect(reportsTo(bot)).toHaveLength(1);
  });
});

describe('the preference', () => {
  it('turned off under a report: no later end is reported, until /reports turns it on again', async () => {
    await using bot = await createTestBot();
    await started(bot);
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(1)).id);
    const report = await bot.says('✅ Ready');
    bot.telegram.press(MEMBER, report.messageId, OFF);
    await bot.says('I no longer tell you');
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(2)).id, { title: 'Second' });
    bot.ytApp.finish(bot.ytApp.addJobOf(OTHER, linkOf(3)).id);
    await until(() => reportsTo(bot, OTHER).length === 1);
    expect(JSON.stringify(bot.said())).not.toContain('Second');

    bot.telegram.say(MEMBER, '/reports');
    const choice = await bot.says('I do not tell you here');
    bot.telegram.press(MEMBER, choice.messageId, '🔔 Tell me');
    await bot.says('From now on I tell you here');
    bot.ytApp.finish(bot.ytApp.addJobOf(MEMBER, linkOf(4)).id, { title: 'Fourth' });
    await bot.says('Fourth');
  });
});

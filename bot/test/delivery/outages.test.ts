import { until } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openBotDatabase } from '../../src/bot-database.ts';
import { createRequestStore } from '../../src/requests/request-store.ts';
import { createTestBot, MEMBER } from '../test-bot.ts';

const HOUR_MS = 3_600_000;
const LINK = 'https://example.com/watch?v=1';

describe('Telegram', () => {
  it.each(['reset', 'html', 'hang'] as const)(
    'failing at the start (%s): the bot retries until it connects',
    async (kind) => {
      await using bot = await createTestBot();
      const clear = bot.telegram.fail({ kind, times: kind === 'hang' ? 1 : Infinity, method: 'getMe' });
      bot.start(kind === 'hang' ? { connectLimitMs: 200 } : {});
      await until(() => bot.telegram.calls('getMe').length > (kind === 'hang' ? 0 : 2));
      clear();
      bot.telegram.say(MEMBER, '/help');
      await bot.says('Paste a link');
    },
  );

  it('failing in the middle of a job: messages and the end of the job are handled afterwards', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    const clear = bot.telegram.fail({ kind: 'html', times: Infinity });
    bot.ytApp.finish(id);
    bot.telegram.say(MEMBER, '/help');
    await until(() => bot.telegram.calls().filter((call) => call.refusal === 0).length > 4);
    expect(bot.said()[0]?.text).not.toContain('Ready');
    clear();
    await bot.says('✅ Ready');
    await bot.says('Paste a link');
  });

  it('refusing an edit with "retry after 1": the next edit waits a second, and the end of the job is shown', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    bot.telegram.fail({
      kind: 'refuse',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      retryAfter: 1,
      method: 'editMessageText',
    });
    bot.ytApp.download(id, 0.5);
    await until(() =>
      bot.telegram
        .calls('editMessageText')
        .map((call) => call.refusal)
        .includes(429),
    );
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
    const edits = bot.telegram.calls('editMessageText');
    const refused = edits.findIndex((call) => call.refusal === 429);
    expect((edits[refused + 1]?.at ?? 0) - (edits[refused]?.at ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('with a limit of one edit per second: refuses no edit at the default pace of the bot', async () => {
    await using bot = await createTestBot({ telegram: { editsPerSecond: 1 } });
    bot.start({ pace: {} });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    for (const ratio of [0.1, 0.2, 0.3]) {
      bot.ytApp.download(id, ratio);
      await bot.hasReadAll();
    }
    bot.ytApp.download(id, 0.4, { playable: true });
    await bot.says('Watch now');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
    expect(bot.telegram.calls().filter((call) => call.refusal !== undefined)).toEqual([]);
  });

  it('edited before the clock was set back: shows what comes, and the end', async () => {
    await using bot = await createTestBot();
    const now = Date.now.bind(Date);
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + HOUR_MS);
    onTestFinished(() => clock.mockRestore());
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    clock.mockImplementation(now);
    bot.ytApp.download(id, 0.4, { playable: true });
    await bot.says('Watch now');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
  });

  it('refusing the token: the log reports the refusal without the token', async () => {
    await using bot = await createTestBot();
    bot.start({ telegram: { token: '7000000001:AAwrongTokenwrongTokenwrongToken123', apiRoot: bot.telegram.url } });
    await until(() => bot.log().includes('telegram refuses the token'));
    expect(bot.log()).not.toContain('wrongToken');
  });

  it('with a webhook set or another program polling: the bot still receives messages, and logs the other program', async () => {
    await using bot = await createTestBot();
    bot.telegram.setWebhook('https://example.org/hook');
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    const other = await fetch(`${bot.telegram.url}/bot${bot.telegram.token}/getUpdates?timeout=0`);
    expect(other.status).toBe(200);
    bot.telegram.say(MEMBER, '/start');
    await bot.says('seconds later');
    await until(() => bot.log().includes('another program polls'));
  });

  it('refusing an edit because the person blocked the bot: the edit is not repeated, and the bot keeps running', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(502, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue', 502);
    bot.telegram.block(502);
    bot.ytApp.finish(id);
    await until(() =>
      bot.telegram
        .calls('editMessageText')
        .map((call) => call.refusal)
        .includes(403),
    );
    await bot.hasReadAll();
    const edits = bot.telegram.calls('editMessageText').filter((call) => call.parameters['chat_id'] === 502);
    expect(edits.filter((call) => call.refusal === 403)).toHaveLength(1);
  });

  it('rejecting the markup of a message: the message is sent again without markup', async () => {
    await using bot = await createTestBot();
    bot.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: "Bad Request: can't parse entities: no idea",
      method: 'sendMessage',
    });
    bot.start();
    bot.telegram.say(MEMBER, '/start');
    expect((await bot.says('Linkcast')).entities).toEqual([]);
  });
});

describe('yt-app', () => {
  it('unreachable when a link arrives: the requester gets a message, and the link is submitted when yt-app is back', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    await bot.ytApp.down();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('Linkcast is not responding. I will keep trying.');
    await bot.ytApp.up();
    await bot.job(LINK);
    await bot.says('Waiting in the queue');
  });

  it('restarted in the middle of a job: the event stream resumes after the last event received', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.2);
    await bot.says('20%');
    await bot.ytApp.down();
    await bot.says('Linkcast is not responding');
    bot.ytApp.download(id, 0.5, { handling: 'copied' });
    await bot.ytApp.up();
    const status = await bot.says('50%');
    expect(status.text).not.toContain('not responding');
    expect(bot.ytApp.resumedFrom.at(-1)).toBe('1');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
  });

  it('sending a reset after lost events: the bot reads its jobs again', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    bot.ytApp.changeSilently(id, bot.ytApp.finished(id));
    bot.ytApp.reset();
    await bot.says('✅ Ready');
  });

  it('refusing the key of the bot: the requester gets a message, and the log has the cause', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    await bot.restart({ ytApp: { url: bot.ytApp.url, token: 'canary-other-token' } });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('Linkcast is not responding');
    await until(() => bot.log().includes('yt-app refuses the key of the bot'));
  });
});

describe('a refusal with Retry-After from yt-app', () => {
  it('followed by a restart of yt-app: the request is sent again after that time, not before', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.refuse({ problem: 'queue-full', retryAfterSeconds: 2 });
    const refusedAt = performance.now();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('The queue is full');
    await bot.ytApp.down();
    await bot.ytApp.up();
    await bot.job(LINK);
    expect(performance.now() - refusedAt).toBeGreaterThan(1900);
    expect(bot.ytApp.submissions).toHaveLength(2);
  });

  it('with a wait of ten minutes: the requester can still cancel at once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.refuse({ problem: 'media-missing', retryAfterSeconds: 600 });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await bot.says('The library folder is missing');
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    await bot.says('Cancelled');
    expect(bot.ytApp.submissions).toHaveLength(1);
  });
});

describe('a request stored by the previous version', () => {
  it('not submitted before the upgrade: is submitted with its stored key', async () => {
    await using bot = await createTestBot();
    const database = openBotDatabase(path.join(bot.folder, 'bot.sqlite'));
    createRequestStore(database).add({
      key: `tg-${MEMBER}-7`,
      chatId: MEMBER,
      userId: MEMBER,
      url: LINK,
      type: 'video',
    });
    database.close();
    bot.start();
    await bot.job(LINK);
    expect(bot.ytApp.submissions).toEqual([{ url: LINK, type: 'video', key: `tg-${MEMBER}-7`, playlist: 'ask' }]);
  });
});

describe('a restart of the bot', () => {
  it('in the middle of three jobs: each existing status message shows the end of its job', async () => {
    await using bot = await createTestBot();
    bot.start();
    const links = [1, 2, 3].map((index) => `https://example.com/${index}`);
    bot.telegram.say(MEMBER, `/dv ${links.join(' ')}`);
    for (const link of links) bot.ytApp.download((await bot.job(link)).id, 0.3, { title: `Film at ${link}` });
    for (const link of links) await bot.says(`Film at ${link}`);
    await bot.stop();
    const [first, second, third] = bot.ytApp.jobs();
    bot.ytApp.finish(first?.id ?? '');
    bot.ytApp.fail(second?.id ?? '', 'source-drm');
    bot.start();
    await bot.says('✅ Ready');
    await bot.says('protected by DRM');
    bot.ytApp.finish(third?.id ?? '');
    await until(() => bot.said().filter((one) => one.text.includes('✅ Ready')).length === 2);
    expect(bot.said()).toHaveLength(3);
  });

  it('between the end of a job and its delivery: the end is reported after the start', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    const clear = bot.telegram.fail({ kind: 'reset', times: Infinity, method: 'editMessageText' });
    bot.ytApp.finish(id);
    await until(() => bot.log().includes('request ended'));
    await bot.stop();
    bot.ytApp.forget(id);
    clear();
    bot.start();
    await bot.says('✅ Ready');
  });

  it('a week behind, with thousands of other events: each requester gets the end once', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    for (const person of [MEMBER, 502]) bot.telegram.say(person, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    for (const person of [MEMBER, 502]) await bot.says('Waiting in the queue', person);
    await bot.stop();
    bot.ytApp.finish(id);
    for (let number = 0; number < 3000; number += 1) bot.ytApp.publishOther(number);
    const realNow = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 6 * 86_400_000);
    try {
      bot.start({ members: [MEMBER, 502] });
      for (const person of [MEMBER, 502]) await bot.says('✅ Ready', person);
      await bot.restart({ members: [MEMBER, 502] });
      await bot.hasReadAll();
      for (const person of [MEMBER, 502])
        expect(bot.said(person).filter(({ text }) => text.includes('✅ Ready'))).toHaveLength(1);
      expect(bot.log().split('request ended')).toHaveLength(3);
    } finally {
      clock.mockRestore();
    }
  });

  it('behind the failure and the retry of a job: its request waits for the later end', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    await bot.stop();
    bot.ytApp.fail(id, 'source-stalled');
    bot.ytApp.download(id, 0.5, { problem: null, finishedAt: null });
    bot.start();
    await bot.says('50%');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
    expect(bot.said()[0]?.history.some(({ text }) => text.includes('❌'))).toBe(false);
  });

  it('before yt-app accepted a link: the link is submitted after the start, with one status message in all', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    await bot.ytApp.down();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('not responding');
    await bot.stop();
    await bot.ytApp.up();
    bot.start();
    await bot.job(LINK);
    const status = await bot.says('Waiting in the queue');
    expect(status.text).toContain(LINK);
    expect(bot.said().filter(({ text }) => text.includes(LINK))).toHaveLength(1);
  });
});

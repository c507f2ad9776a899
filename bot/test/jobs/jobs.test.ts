import { until } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';

import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';
import { MEDIA_ID } from '../yt-app/yt-app-stand-in.ts';

const LINK = 'https://example.com/watch?v=1';
const SITE = 'http://localhost:8080';

describe('a download', () => {
  it('requested as video: one message shows progress, then Watch now, and at the end the links', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');

    bot.ytApp.download(id, 0.25);
    const progress = await bot.says('25%');
    expect(progress.text).toBe('🎬 A film\nDownloading · 25%\n▰▰▰▱▱▱▱▱▱▱▱▱\n7.5 MB of 30 MB · 2 MB/s · 11 s left');
    expect(progress.entities).toMatchObject([{ type: 'bold' }]);
    expect(buttonsOf(progress)).toEqual(['Cancel']);

    bot.ytApp.download(id, 0.3, { playable: true });
    await bot.says(`▶️ Watch now: ${SITE}/watch/${MEDIA_ID}`);

    bot.ytApp.finish(id);
    const end = await bot.says('✅ Ready · copied, not re-encoded');
    expect(end.text).toContain(`▶️ Watch: ${SITE}/watch/${MEDIA_ID}`);
    expect(end.text).not.toContain('VLC');
    expect(buttonsOf(end)).toEqual(['Share', '📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    expect(bot.said()).toHaveLength(1);
    expect(end.messageId).toBe(progress.messageId);
  });

  it('with damage of the source: the final message says how much cannot be played', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const arrived = { seconds: 2.4, ranges: [{ from: 29, to: 31.4 }] };
    bot.ytApp.finish((await bot.job(LINK)).id, { damage: { cause: 'source', ...arrived, source: null, repair: null } });
    await bot.says('✅ Ready, but 3 s of it cannot be played · copied, not re-encoded');
  });

  it('requested as audio: the final message has the links of the page and the radio', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/da ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.finish(id, { handling: 'encoded', title: 'A song' });
    const end = await bot.says('✅ Ready · re-encoded');
    expect(end.text).toContain('🎵 A song');
    expect(end.text).toContain(`▶️ Listen: ${SITE}/listen/${MEDIA_ID}\n`);
    expect(end.text).toContain(`Radio: ${SITE}/radio`);
  });

  it('on a public site, in a private chat: the message has buttons that open the page as a Mini App', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.1, { playable: true });
    const playable = await bot.says('Watch now');
    const webApp = `https://media.example.org/watch/${MEDIA_ID}`;
    expect(playable.keyboard[0]).toEqual([{ text: '▶️ Watch now', webApp }]);
    bot.ytApp.finish(id);
    const end = await bot.says('✅ Ready');
    expect(end.keyboard[0]).toEqual([{ text: '▶️ Watch', webApp }]);
    expect(buttonsOf(end)).toEqual(['▶️ Watch', 'Share', '📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    expect(bot.ytApp.access.codes).toEqual([]);
  });

  it('on a public site, in a group: the message has buttons that open the page in the browser', async () => {
    await using bot = await createTestBot();
    const group = -1001;
    bot.start({ siteUrl: 'https://media.example.org' });
    bot.telegram.say(MEMBER, `/dv ${LINK}`, { chatId: group });
    bot.ytApp.finish((await bot.job(LINK)).id);
    const end = await bot.says('✅ Ready', group);
    expect(end.keyboard[0]).toEqual([{ text: '▶️ Watch', url: `https://media.example.org/watch/${MEDIA_ID}` }]);
  });

  it('with frequent progress: edits keep to the progress interval without a backlog, and the end is shown at once', async () => {
    await using bot = await createTestBot();
    const progressMs = 1500;
    bot.start({ pace: { progressMs, milestoneMs: 20 } });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    for (let percent = 1; percent <= 60; percent += 1) bot.ytApp.download(id, percent / 100);
    const progress = await bot.says('60%');
    expect(progress.history.length).toBeLessThanOrEqual(4);
    bot.ytApp.download(id, 0.7);
    bot.ytApp.finish(id);
    const end = await bot.says('✅ Ready');
    const gaps = end.history.slice(2, -1).map((state, index) => state.at - (end.history[index + 1]?.at ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(progressMs - 20);
    expect((end.history.at(-1)?.at ?? 0) - (end.history.at(-2)?.at ?? 0)).toBeLessThan(progressMs - 20);
    expect(JSON.stringify(end.history)).not.toContain('70%');
  });

  it('with a long title full of markup: the title is shortened, and its markup is shown as plain text', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const title = '<b>Tom & "Jerry"</b> <script> 🎬'.repeat(20);
    bot.ytApp.finish(id, { title });
    const end = await bot.says('✅ Ready');
    expect(end.text).toContain('<b>Tom & "Jerry"</b> <script> 🎬<b>');
    expect(end.text.length).toBeLessThan(600);
    expect(bot.telegram.calls().filter((call) => call.refusal === 400)).toEqual([]);
  });

  it('failed with a retryable problem: the message shows the reason, and Retry runs the job again', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.fail(id, 'source-stalled');
    const failed = await bot.says('❌ The site stopped sending data.');
    expect(buttonsOf(failed)).toEqual(['Retry']);
    bot.telegram.press(MEMBER, failed.messageId, 'Retry');
    await bot.says('Waiting in the queue');
    bot.ytApp.finish(id);
    const end = await bot.says('✅ Ready');
    expect(end.messageId).toBe(failed.messageId);
  });

  it('failed for a reason that passes: the message shows the reason and the next try, which Try now makes at once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const at = '2030-05-06T14:05:00.000Z';
    bot.ytApp.postpone(id, 'source-unreachable', at);
    const waiting = await bot.says('⏳ The site could not be reached.');
    expect(waiting.text).toContain(textsOf('en').bot.nextTry(at));
    expect(buttonsOf(waiting)).toEqual(['Try now', 'Cancel']);
    bot.telegram.press(MEMBER, waiting.messageId, 'Try now');
    const queued = await bot.says('Waiting in the queue');
    expect(buttonsOf(queued)).toEqual(['Cancel']);
    bot.ytApp.postpone(id, 'source-unreachable', at);
    bot.telegram.press(MEMBER, (await bot.says('⏳ The site')).messageId, 'Cancel');
    await bot.says('🚫');
    expect(bot.ytApp.jobs().map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('failed with a permanent problem: the message has no Retry button', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.fail(id, 'source-drm');
    expect(buttonsOf(await bot.says('❌ This is protected by DRM'))).toEqual([]);
  });

  it('with Cancel pressed: is cancelled, and its message reports that', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.4);
    const status = await bot.says('40%');
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    const end = await bot.says('🚫 Cancelled');
    expect(end.messageId).toBe(status.messageId);
    expect(bot.ytApp.jobs()[0]?.state).toBe('cancelled');
  });

  it('finished before Cancel is pressed: the message reports that it is ready', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const status = await bot.says('Waiting in the queue');
    bot.ytApp.changeSilently(id, bot.ytApp.finished(id));
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    await bot.says('✅ Ready');
  });

  it('already retried by somebody else: Retry follows the running job to its end', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.fail(id, 'source-stalled');
    const failed = await bot.says('❌ The site stopped sending');
    bot.ytApp.download(id, 0.2, { problem: null, finishedAt: null });
    bot.telegram.press(MEMBER, failed.messageId, 'Retry');
    await bot.says('20%');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
  });

  it('requested by two members: continues for one of them when the other cancels', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    bot.telegram.say(502, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.4);
    const status = await bot.says('40%');
    await bot.says('40%', 502);
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    await bot.says('🚫 Cancelled');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready', 502);
  });

  it('running beside two others in one chat: each message shows the progress and the end of its job', async () => {
    await using bot = await createTestBot();
    bot.start();
    const links = [1, 2, 3].map((index) => `https://example.com/${index}`);
    bot.telegram.say(MEMBER, `/dv ${links.join(' ')}`);
    for (const link of links) {
      const { id } = await bot.job(link);
      bot.ytApp.download(id, 0.5, { title: `Film at ${link}` });
    }
    for (const link of links) expect((await bot.says(`Film at ${link}`)).text).toContain('50%');
    for (const job of bot.ytApp.jobs()) bot.ytApp.finish(job.id);
    await until(() => bot.said().filter((one) => one.text.includes('✅ Ready')).length === 3);
  });

  it('with its status message deleted: the end is reported in a new message', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const status = await bot.says('Waiting in the queue');
    bot.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: message to edit not found',
      method: 'editMessageText',
    });
    bot.ytApp.finish(id);
    const end = await bot.says('✅ Ready');
    expect(end.messageId).not.toBe(status.messageId);
  });

  it('requested again when it is ready: is answered with the links, and no second job is made', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    bot.ytApp.finish((await bot.job(LINK)).id);
    await bot.says('✅ Ready');
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await until(() => bot.said().filter((one) => one.text.includes('✅ Ready')).length === 2);
    expect(bot.ytApp.jobs()).toHaveLength(1);
  });

  it('deleted from yt-app: the message reports that the job no longer exists, and Retry submits the link with a new key', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    bot.ytApp.forget(id);
    bot.ytApp.reset();
    const lost = await bot.says('This job no longer exists');
    bot.telegram.press(MEMBER, lost.messageId, 'Retry');
    await until(() => bot.ytApp.submissions.length === 2);
    expect(bot.ytApp.submissions[1]?.key).toMatch(/^tg\d+-.*-r1$/);
  });
});

describe("the ancestor's two bot tests", () => {
  it('an API answer of 200: the requester gets the links with the title', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/dv');
    bot.telegram.say(MEMBER, LINK);
    bot.ytApp.finish((await bot.job(LINK)).id, { title: 'Test Video' });
    const end = await bot.says('Test Video');
    expect((await bot.says(`/watch/${MEDIA_ID}`)).messageId).toBe(end.messageId);
  });

  it('an API answer of 404: the requester gets the reason, and the next link is still submitted', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.refuse({ problem: 'not-found' });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('❌ Not found.');
    bot.ytApp.refuse({ status: 404, html: '<h1>404 Not Found</h1>' });
    bot.telegram.say(MEMBER, '/dv https://example.com/2');
    await bot.says('Linkcast is not responding. I will keep trying.');
    await bot.job('https://example.com/2');
  });
});

describe('a link that yt-app refuses', () => {
  it('permanently: the message shows the reason without a Retry button', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.refuse({ problem: 'source-forbidden' });
    bot.telegram.say(MEMBER, '/dv http://192.168.0.1/film.mp4');
    expect(buttonsOf(await bot.says('❌ This link leads to a private network'))).toEqual([]);
  });

  it('for a limit of the person: the message shows the sentence and a Retry button, and nothing is submitted again', async () => {
    await using bot = await createTestBot();
    bot.start();
    const overLimit = { which: 'openJobs', limit: 2, used: 2, freeAt: null } as const;
    bot.ytApp.refuse({ problem: 'over-limit', retryAfterSeconds: 1, overLimit });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const refused = await bot.says('❌ You have 2 unfinished downloads, and your limit is 2.');
    expect(refused.text).not.toContain('I will keep trying');
    expect(buttonsOf(refused)).toHaveLength(1);
    bot.telegram.say(MEMBER, '/dv https://example.com/2');
    await bot.job('https://example.com/2');
    expect(bot.ytApp.submissions.map(({ url }) => url)).toEqual([LINK, 'https://example.com/2']);
  });

  it('temporarily: is submitted again with the same key until yt-app accepts it', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.refuse({ problem: 'queue-full' });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('The queue is full.');
    await bot.job(LINK);
    expect(new Set(bot.ytApp.submissions.map(({ key }) => key)).size).toBe(1);
    await bot.says('Waiting in the queue');
  });
});

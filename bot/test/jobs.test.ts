import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createStage, MEMBER } from './stage.ts';

const LINK = 'https://example.com/watch?v=1';
const SITE = 'http://localhost:8080';

describe('a download', () => {
  it('is one message: progress, Watch now, and in the end the links', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');

    stage.ytApp.download(id, 0.25);
    const progress = await stage.hears('25 %');
    expect(progress.text).toBe('🎬 A film\nDownloading · 25 %\n▰▰▰▱▱▱▱▱▱▱▱▱\n7.5 MB of 30.0 MB · 2.0 MB/s · 11 s left');
    expect(progress.entities).toMatchObject([{ type: 'bold' }]);
    expect(buttonsOf(progress)).toEqual(['Cancel']);

    stage.ytApp.download(id, 0.3, { playable: true });
    await stage.hears('▶️ Watch now');
    const shared = SITE + stage.sharedPage();
    await stage.hears(`▶️ Watch now: ${shared}`);

    stage.ytApp.finish(id);
    const end = await stage.hears('✅ Ready · copied, not encoded');
    expect(end.text).toContain(`▶️ Watch: ${shared}`);
    expect(end.text).toContain(`VLC: ${shared}index.m3u8`);
    expect(buttonsOf(end)).toEqual(['Stop sharing']);
    expect(stage.said()).toHaveLength(1);
    expect(end.messageId).toBe(progress.messageId);
  });

  it('of audio ends with the MP3 and the radio', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/da ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.finish(id, { handling: 'encoded', title: 'A song' });
    const end = await stage.hears('✅ Ready · encoded');
    expect(end.text).toContain('🎵 A song');
    expect(end.text).toContain(`▶️ Listen: ${SITE}${stage.sharedPage()}\n`);
    expect(end.text).toContain(`MP3: ${SITE}${stage.sharedPage()}audio.mp3`);
    expect(end.text).toContain(`Radio: ${SITE}/radio`);
  });

  it('with a public site has buttons that lead there', async () => {
    await using stage = await createStage();
    stage.start({ siteUrl: 'https://media.example.org' });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.1, { playable: true });
    const playable = await stage.hears('Watch now');
    const url = `https://media.example.org${stage.sharedPage()}`;
    expect(playable.keyboard[0]).toEqual([{ text: '▶️ Watch now', url }]);
    stage.ytApp.finish(id);
    const end = await stage.hears('✅ Ready');
    expect(buttonsOf(end)).toEqual(['▶️ Watch', 'Stop sharing']);
  });

  it('shows progress at its pace and never queues it up; the end does not wait', async () => {
    await using stage = await createStage();
    stage.start({ pace: { progressMs: 400, milestoneMs: 20 } });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    for (let percent = 1; percent <= 60; percent += 1) stage.ytApp.download(id, percent / 100);
    const progress = await stage.hears('60 %');
    expect(progress.history.length).toBeLessThanOrEqual(4);
    stage.ytApp.download(id, 0.7);
    stage.ytApp.finish(id);
    const end = await stage.hears('✅ Ready');
    const gaps = end.history.slice(2, -1).map((state, index) => state.at - (end.history[index + 1]?.at ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(380);
    expect((end.history.at(-1)?.at ?? 0) - (end.history.at(-2)?.at ?? 0)).toBeLessThan(380);
    expect(JSON.stringify(end.history)).not.toContain('70 %');
  });

  it('with a title full of markup is shown as it is', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    const title = '<b>Tom & "Jerry"</b> <script> 🎬'.repeat(20);
    stage.ytApp.finish(id, { title });
    const end = await stage.hears('✅ Ready');
    expect(end.text).toContain('<b>Tom & "Jerry"</b> <script> 🎬<b>');
    expect(end.text.length).toBeLessThan(600);
    expect(stage.telegram.calls().filter((call) => call.refusal === 400)).toEqual([]);
  });

  it('that fails says why, and Retry runs it again', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.fail(id, 'source-stalled');
    const failed = await stage.hears('❌ The site stopped sending in the middle.');
    expect(buttonsOf(failed)).toEqual(['Retry']);
    stage.telegram.press(MEMBER, failed.messageId, 'Retry');
    await stage.hears('Waiting for its turn');
    stage.ytApp.finish(id);
    const end = await stage.hears('✅ Ready');
    expect(end.messageId).toBe(failed.messageId);
  });

  it('that fails for good has no Retry', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.fail(id, 'source-drm');
    expect(buttonsOf(await stage.hears('❌ That one is protected by DRM'))).toEqual([]);
  });

  it('is cancelled by its button, and says so', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.4);
    const status = await stage.hears('40 %');
    stage.telegram.press(MEMBER, status.messageId, 'Cancel');
    const end = await stage.hears('🚫 Cancelled');
    expect(end.messageId).toBe(status.messageId);
    expect(stage.ytApp.jobs()[0]?.state).toBe('cancelled');
  });

  it('that ended while Cancel was pressed tells the end', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    const status = await stage.hears('Waiting for its turn');
    stage.ytApp.changeSilently(id, stage.ytApp.finished(id));
    stage.telegram.press(MEMBER, status.messageId, 'Cancel');
    await stage.hears('✅ Ready');
  });

  it('that somebody else retried already is joined by Retry', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.fail(id, 'source-stalled');
    const failed = await stage.hears('❌ The site stopped sending');
    stage.ytApp.download(id, 0.2, { problem: null, finishedAt: null });
    stage.telegram.press(MEMBER, failed.messageId, 'Retry');
    await stage.hears('20 %');
    stage.ytApp.finish(id);
    await stage.hears('✅ Ready');
  });

  it('that two members wait for goes on for one when the other cancels', async () => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 502] });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    stage.telegram.say(502, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.4);
    const status = await stage.hears('40 %');
    await stage.hears('40 %', 502);
    stage.telegram.press(MEMBER, status.messageId, 'Cancel');
    await stage.hears('🚫 Cancelled');
    stage.ytApp.finish(id);
    await stage.hears('✅ Ready', 502);
  });

  it('in several at once takes turns in one chat', async () => {
    await using stage = await createStage();
    stage.start();
    const links = [1, 2, 3].map((index) => `https://example.com/${index}`);
    stage.telegram.say(MEMBER, `/dv ${links.join(' ')}`);
    for (const link of links) {
      const { id } = await stage.job(link);
      stage.ytApp.download(id, 0.5, { title: `Film at ${link}` });
    }
    for (const link of links) expect((await stage.hears(`Film at ${link}`)).text).toContain('50 %');
    for (const job of stage.ytApp.jobs()) stage.ytApp.finish(job.id);
    await until(() => stage.said().filter((one) => one.text.includes('✅ Ready')).length === 3);
  });

  it('whose status message was deleted is told in a new one', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    const status = await stage.hears('Waiting for its turn');
    stage.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: message to edit not found',
      method: 'editMessageText',
    });
    stage.ytApp.finish(id);
    const end = await stage.hears('✅ Ready');
    expect(end.messageId).not.toBe(status.messageId);
  });

  it('that is there already is answered with the links at once', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    stage.ytApp.finish((await stage.job(LINK)).id);
    await stage.hears('✅ Ready');
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await until(() => stage.said().filter((one) => one.text.includes('✅ Ready')).length === 2);
    expect(stage.ytApp.jobs()).toHaveLength(1);
  });

  it('that yt-app has forgotten is told as lost, and Retry starts it anew', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    stage.ytApp.forget(id);
    stage.ytApp.reset();
    const lost = await stage.hears('no longer knows this job');
    stage.telegram.press(MEMBER, lost.messageId, 'Retry');
    await until(() => stage.ytApp.submissions.length === 2);
    expect(stage.ytApp.submissions[1]?.key).toMatch(/^tg\d+-.*-r1$/);
  });
});

describe("the ancestor's two bot tests", () => {
  it('the API answers 200: the person gets the links with the title', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/dv');
    stage.telegram.say(MEMBER, LINK);
    stage.ytApp.finish((await stage.job(LINK)).id, { title: 'Test Video' });
    const end = await stage.hears('Test Video');
    expect((await stage.hears('/index.m3u8')).messageId).toBe(end.messageId);
  });

  it('the API answers 404: the person gets a sentence, and the bot goes on', async () => {
    await using stage = await createStage();
    stage.start();
    stage.ytApp.refuse({ problem: 'not-found' });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('❌ There is nothing here.');
    stage.ytApp.refuse({ status: 404, html: '<h1>404 Not Found</h1>' });
    stage.telegram.say(MEMBER, '/dv https://example.com/2');
    await stage.hears('The downloader does not answer just now; I keep trying.');
    await stage.job('https://example.com/2');
  });
});

describe('a link that yt-app refuses', () => {
  it('for good is answered with the sentence', async () => {
    await using stage = await createStage();
    stage.start();
    stage.ytApp.refuse({ problem: 'source-forbidden' });
    stage.telegram.say(MEMBER, '/dv http://192.168.0.1/film.mp4');
    expect(buttonsOf(await stage.hears('❌ That link leads into a private network'))).toEqual([]);
  });

  it('for now is tried again until it is taken', async () => {
    await using stage = await createStage();
    stage.start();
    stage.ytApp.refuse({ problem: 'queue-full' });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('So many jobs are waiting that I take no more for now.');
    await stage.job(LINK);
    expect(new Set(stage.ytApp.submissions.map(({ key }) => key)).size).toBe(1);
    await stage.hears('Waiting for its turn');
  });
});

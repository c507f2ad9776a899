import { until } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBotDatabase } from '../src/bot-database.ts';
import { createRequestStore } from '../src/request-store.ts';
import { createStage, MEMBER } from './stage.ts';

const LINK = 'https://example.com/watch?v=1';

describe('Telegram', () => {
  it.each(['reset', 'html', 'hang'] as const)('down at the start (%s) is waited for', async (kind) => {
    await using stage = await createStage();
    const clear = stage.telegram.fail({ kind, times: kind === 'hang' ? 1 : Infinity, method: 'getMe' });
    stage.start(kind === 'hang' ? { connectLimitMs: 200 } : {});
    await until(() => stage.telegram.calls('getMe').length > (kind === 'hang' ? 0 : 2));
    clear();
    stage.telegram.say(MEMBER, '/help');
    await stage.hears('Paste a link');
  });

  it('gone in the middle loses neither the messages nor the end', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    const clear = stage.telegram.fail({ kind: 'html', times: Infinity });
    stage.ytApp.finish(id);
    stage.telegram.say(MEMBER, '/help');
    await until(() => stage.telegram.calls().filter((call) => call.refusal === 0).length > 4);
    expect(stage.said()[0]?.text).not.toContain('Ready');
    clear();
    await stage.hears('✅ Ready');
    await stage.hears('Paste a link');
  });

  it('asking for a pause gets it, and the end comes after it', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    stage.telegram.fail({
      kind: 'refuse',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      retryAfter: 1,
      method: 'editMessageText',
    });
    stage.ytApp.download(id, 0.5);
    await until(() =>
      stage.telegram
        .calls('editMessageText')
        .map((call) => call.refusal)
        .includes(429),
    );
    stage.ytApp.finish(id);
    await stage.hears('✅ Ready');
    const edits = stage.telegram.calls('editMessageText');
    const refused = edits.findIndex((call) => call.refusal === 429);
    expect((edits[refused + 1]?.at ?? 0) - (edits[refused]?.at ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('as strict as the cloud about the rate of edits never has to refuse one at our own pace', async () => {
    await using stage = await createStage({ telegram: { editsPerSecond: 1 } });
    stage.start({ pace: {} });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    for (const ratio of [0.1, 0.2, 0.3]) {
      stage.ytApp.download(id, ratio);
      await stage.settled();
    }
    stage.ytApp.download(id, 0.4, { playable: true });
    await stage.hears('Watch now');
    stage.ytApp.finish(id);
    await stage.hears('✅ Ready');
    expect(stage.telegram.calls().filter((call) => call.refusal !== undefined)).toEqual([]);
  });

  it('refusing the token is said clearly, and tried again slowly', async () => {
    await using stage = await createStage();
    stage.start({ telegram: { token: '7000000001:AAwrongTokenwrongTokenwrongToken123', apiRoot: stage.telegram.url } });
    await until(() => stage.log().includes('telegram refuses the token'));
    expect(stage.log()).not.toContain('wrongToken');
  });

  it('with a webhook that somebody set, or a second poller, is taken over', async () => {
    await using stage = await createStage();
    stage.telegram.setWebhook('https://example.org/hook');
    stage.start();
    stage.telegram.say(MEMBER, '/help');
    await stage.hears('Paste a link');
    const other = await fetch(`${stage.telegram.url}/bot${stage.telegram.token}/getUpdates?timeout=0`);
    expect(other.status).toBe(200);
    stage.telegram.say(MEMBER, '/start');
    await stage.hears('seconds later');
    await until(() => stage.log().includes('another program polls'));
  });

  it('saying that the person blocked the bot ends the messages, not the bot', async () => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 502] });
    stage.telegram.say(502, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn', 502);
    stage.telegram.block(502);
    stage.ytApp.finish(id);
    await until(() =>
      stage.telegram
        .calls('editMessageText')
        .map((call) => call.refusal)
        .includes(403),
    );
    await stage.settled();
    const edits = stage.telegram.calls('editMessageText').filter((call) => call.parameters['chat_id'] === 502);
    expect(edits.filter((call) => call.refusal === 403)).toHaveLength(1);
  });

  it('rejecting a message gets it again without markup', async () => {
    await using stage = await createStage();
    stage.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: "Bad Request: can't parse entities: no idea",
      method: 'sendMessage',
    });
    stage.start();
    stage.telegram.say(MEMBER, '/start');
    expect((await stage.hears('Linkcast')).entities).toEqual([]);
  });
});

describe('yt-app', () => {
  it('down when a link comes: the person is told, and it is submitted when it is back', async () => {
    await using stage = await createStage();
    await stage.ytApp.down();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('The downloader does not answer just now; I keep trying.');
    await stage.ytApp.up();
    await stage.job(LINK);
    await stage.hears('Waiting for its turn');
  });

  it('restarted in the middle of a job: events resume where they ended', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.2);
    await stage.hears('20 %');
    await stage.ytApp.down();
    await stage.hears('The downloader does not answer just now');
    stage.ytApp.download(id, 0.5);
    await stage.ytApp.up();
    const status = await stage.hears('50 %');
    expect(status.text).not.toContain('does not answer');
    expect(stage.ytApp.resumedFrom.at(-1)).toBe('1');
    stage.ytApp.finish(id);
    await stage.hears('✅ Ready');
  });

  it('that loses events says reset, and the jobs are read again', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    stage.ytApp.changeSilently(id, stage.ytApp.finished(id));
    stage.ytApp.reset();
    await stage.hears('✅ Ready');
  });

  it('that never sends the last event is asked now and then', async () => {
    await using stage = await createStage();
    stage.start({ rereadMs: 100 });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.changeSilently(id, stage.ytApp.finished(id));
    await stage.hears('✅ Ready');
  });

  it('with a key that yt-app does not know: the person is told to wait, the log says why', async () => {
    await using stage = await createStage();
    stage.start({ ytApp: { url: stage.ytApp.url, token: 'canary-other-token' } });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('The downloader does not answer just now');
    await until(() => stage.log().includes('yt-app refuses the key of the bot'));
  });
});

describe('yt-app that says when to come back', () => {
  it('gets the request again no earlier, even when it was away in between', async () => {
    await using stage = await createStage();
    stage.start();
    stage.ytApp.refuse({ problem: 'queue-full', retryAfterSeconds: 2 });
    const refusedAt = performance.now();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('So many jobs are waiting');
    await stage.ytApp.down();
    await stage.ytApp.up();
    await stage.job(LINK);
    expect(performance.now() - refusedAt).toBeGreaterThan(1900);
    expect(stage.ytApp.submissions).toHaveLength(2);
  });

  it('does not keep a person from cancelling', async () => {
    await using stage = await createStage();
    stage.start();
    stage.ytApp.refuse({ problem: 'media-missing', retryAfterSeconds: 600 });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await stage.hears('The folder of the library is not there');
    stage.telegram.press(MEMBER, status.messageId, 'Cancel');
    await stage.hears('Cancelled');
    expect(stage.ytApp.submissions).toHaveLength(1);
  });
});

describe('a request of the version before', () => {
  it('is submitted with the key that it has', async () => {
    await using stage = await createStage();
    const database = openBotDatabase(path.join(stage.folder, 'bot.sqlite'));
    createRequestStore(database).add({
      key: `tg-${MEMBER}-7`,
      chatId: MEMBER,
      userId: MEMBER,
      url: LINK,
      type: 'video',
    });
    database.close();
    stage.start();
    await stage.job(LINK);
    expect(stage.ytApp.submissions).toEqual([{ url: LINK, type: 'video', key: `tg-${MEMBER}-7` }]);
  });
});

describe('a restart of the bot', () => {
  it('in the middle of jobs: every requester is told the end, in the same message', async () => {
    await using stage = await createStage();
    stage.start();
    const links = [1, 2, 3].map((index) => `https://example.com/${index}`);
    stage.telegram.say(MEMBER, `/dv ${links.join(' ')}`);
    for (const link of links) stage.ytApp.download((await stage.job(link)).id, 0.3, { title: `Film at ${link}` });
    for (const link of links) await stage.hears(`Film at ${link}`);
    await stage.stop();
    const [first, second, third] = stage.ytApp.jobs();
    stage.ytApp.finish(first?.id ?? '');
    stage.ytApp.fail(second?.id ?? '', 'source-drm');
    stage.start();
    await stage.hears('✅ Ready');
    await stage.hears('protected by DRM');
    stage.ytApp.finish(third?.id ?? '');
    await until(() => stage.said().filter((one) => one.text.includes('✅ Ready')).length === 2);
    expect(stage.said()).toHaveLength(3);
  });

  it('with the end not told yet: it is told after the start', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    const clear = stage.telegram.fail({ kind: 'reset', times: Infinity, method: 'editMessageText' });
    stage.ytApp.finish(id);
    await until(() => stage.log().includes('request ended'));
    await stage.stop();
    stage.ytApp.forget(id);
    clear();
    stage.start();
    await stage.hears('✅ Ready');
  });

  it('before yt-app took the link: it is submitted after the start', async () => {
    await using stage = await createStage();
    await stage.ytApp.down();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    await stage.hears('does not answer');
    await stage.stop();
    await stage.ytApp.up();
    stage.start();
    await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    expect(stage.said()).toHaveLength(1);
  });
});

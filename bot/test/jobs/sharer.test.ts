import { openDatabase } from '@linkcast/kit';
import { until, type TestMessage } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations, openBotDatabase } from '../../src/bot-database.ts';
import { createRequestStore } from '../../src/requests/request-store.ts';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';
import { MEDIA_ID } from '../yt-app/yt-app-stand-in.ts';

const LINK = 'https://example.com/watch?v=1';
const SITE = 'http://localhost:8080';
const SHARE_CALL = /^POST \/api\/media\/\w+\/shares$/;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** A video that is ready, and the message that says so. */
async function readyVideo(bot: TestBot, words = '✅ Ready'): Promise<TestMessage> {
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await bot.job(LINK);
  await bot.says('Waiting in the queue');
  bot.ytApp.finish(id);
  await bot.says('✅ Ready');
  return bot.says(words);
}

describe('the links of a status message', () => {
  it('with a playable item: belong to one share, and the message shows when it expires', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    for (const ratio of [0.1, 0.2, 0.3]) bot.ytApp.download(id, ratio, { playable: true });
    await bot.says('▶️ Watch now');
    bot.ytApp.finish(id);
    const end = await bot.says('can open them until');
    expect(bot.ytApp.access.shares()).toHaveLength(1);
    expect(bot.ytApp.access.shares()[0]?.mediaId).toBe(MEDIA_ID);
    expect(end.text).toContain(`VLC: ${SITE}${bot.sharedPage()}index.m3u8`);
    expect(end.text).not.toContain('/watch/');
    expect(JSON.stringify(end.history)).not.toContain('/watch/');
  });

  it('with two requesters of one job: belong to a separate share for each requester', async () => {
    await using bot = await createTestBot();
    bot.start({ allowedUsers: [MEMBER, 502] });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    bot.telegram.say(502, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    await bot.says('Waiting in the queue');
    await bot.says('Waiting in the queue', 502);
    bot.ytApp.finish(id);
    await bot.says('can open them until');
    await bot.says('can open them until', 502);
    expect(bot.ytApp.access.shares()).toHaveLength(2);
  });

  it('with sharing failing at first: require signing in, and become shared links after the retry', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'internal' });
    bot.start();
    const end = await readyVideo(bot, 'There is no share link yet');
    expect(end.text).toContain(`▶️ Watch: ${SITE}/watch/${MEDIA_ID}`);
    expect(end.text).toContain(`VLC: ${SITE}/media/${MEDIA_ID}/index.m3u8`);
    expect(buttonsOf(end)).toEqual(['Share']);
    const shared = await bot.says('can open them until');
    expect(shared.messageId).toBe(end.messageId);
    expect(bot.ytApp.access.shares()).toHaveLength(1);
  });

  it('with sharing refused as not-found: require signing in, and no share is made', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'not-found' });
    bot.start();
    const end = await readyVideo(bot, 'Not shared. The link needs signing in');
    expect(end.text).toContain(`${SITE}/watch/${MEDIA_ID}`);
    expect(bot.ytApp.access.shares()).toEqual([]);
  });

  it('with a restart of the bot in the middle of the job: stay the same', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.3, { playable: true });
    await bot.says('▶️ Watch now');
    const page = bot.sharedPage();
    await bot.restart();
    bot.ytApp.finish(id);
    const end = await bot.says('can open them until');
    expect(end.text).toContain(page);
    expect(bot.ytApp.access.shares()).toHaveLength(1);
  });
});

describe('a download restarted by yt-app', () => {
  it('playable for the second time: gets a new share, and the message has its link', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.3, { playable: true, playableAt: '2026-11-21T10:00:00.000Z' });
    await bot.says('▶️ Watch now');
    const first = bot.sharedPage();
    bot.ytApp.download(id, 0.1, { playable: false, playableAt: null });
    await until(() => !bot.said()[0]?.text.includes('Watch now'));
    bot.ytApp.download(id, 0.2, { playable: true, playableAt: '2026-11-21T10:05:00.000Z' });
    bot.ytApp.finish(id);
    const end = await bot.says('can open them until');
    expect(bot.sharedPage()).not.toBe(first);
    expect(end.text).toContain(bot.sharedPage());
  });
});

describe('Stop sharing', () => {
  it('pressed: revokes the share and leaves the page link; Share then makes a new share', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    const end = await readyVideo(bot, 'can open them until');
    const [first] = bot.ytApp.access.shares();
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const stopped = await bot.says('Not shared');
    expect(stopped.messageId).toBe(end.messageId);
    expect(bot.ytApp.access.revoked).toEqual([first?.id]);
    expect(stopped.text).toContain(`https://media.example.org/watch/${MEDIA_ID}`);
    expect(stopped.text).not.toContain('/s/');
    expect(stopped.text).not.toContain('VLC');
    expect(buttonsOf(stopped)).toEqual(['▶️ Watch', 'Share']);
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    const shared = await bot.says('can open them until');
    expect(shared.text).toContain(bot.sharedPage());
    expect(bot.sharedPage()).not.toBe(first?.links.page);
  });

  it('pressed after a restart, with the share already revoked: the message reports that the item is not shared', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await readyVideo(bot, 'can open them until');
    await bot.restart();
    bot.ytApp.access.refuseCall({ path: /^DELETE \/api\/shares/, problem: 'not-found' });
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    await bot.says('Not shared');
  });

  it('pressed while yt-app is unreachable: the message reports that, and the share is revoked when yt-app is back', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await readyVideo(bot, 'can open them until');
    await bot.ytApp.down();
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const waiting = await bot.says('Linkcast is not responding. The shared links work until');
    expect(buttonsOf(waiting)).toEqual([]);
    await bot.ytApp.up();
    await bot.says('Not shared');
    expect(bot.ytApp.access.shares()).toEqual([]);
  });

  it.each(['u:1', 's:1', 'u:99', 's:0'])('forged in another chat with the data %s: changes nothing', async (data) => {
    await using bot = await createTestBot();
    bot.start({ allowedUsers: [MEMBER, 502] });
    await readyVideo(bot, 'can open them until');
    bot.telegram.openChat(502);
    const forged = { id: 'f1', from: { id: 502, is_bot: false, first_name: 'X' }, chat_instance: '1', data };
    bot.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: 502, type: 'private' } } },
    });
    await bot.hasReadAll();
    expect(bot.ytApp.access.shares()).toHaveLength(1);
    expect(bot.ytApp.access.revoked).toEqual([]);
  });

  it('pressed before the item is ready: revokes nothing; pressed twice afterwards: revokes the share once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.3, { playable: true });
    const status = await bot.says('▶️ Watch now');
    const press = { from: { id: MEMBER, is_bot: false }, chat_instance: '1', data: 'u:1' };
    const chat = { id: MEMBER, type: 'private' };
    bot.telegram.send({ callback_query: { id: 'e1', ...press, message: { message_id: status.messageId, chat } } });
    await bot.hasReadAll();
    expect(bot.ytApp.access.revoked).toEqual([]);
    bot.ytApp.finish(id);
    const end = await bot.says('can open them until');
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    await bot.says('Not shared');
    await bot.hasReadAll();
    expect(bot.ytApp.access.revoked).toHaveLength(1);
  });
});

describe('a share link', () => {
  it('in a delivered message: is in no log line and in no file', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    bot.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: "Bad Request: inline keyboard button URL 'https://media.example.org/s/canary/' is invalid: Wrong",
      method: 'editMessageText',
    });
    await readyVideo(bot, 'can open them until');
    const token = /\/s\/([\w-]{22})\//.exec(bot.sharedPage())?.[1] ?? 'no token';
    await until(() => bot.log().includes('rejected a message'));
    await bot.hasReadAll();
    await bot.stop();
    const files = await readdir(bot.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(bot.folder, file), 'latin1')));
    for (const text of [bot.log(), ...contents]) expect(text.includes(token)).toBe(false);
    expect(bot.log()).not.toContain('canary/');
  });

  it('of a request from a version without shares: is made only if the end was not reported yet', async () => {
    await using bot = await createTestBot();
    const file = path.join(bot.folder, 'bot.sqlite');
    const old = openDatabase(file, migrations.slice(0, 1));
    for (const isReported of [1, 0]) {
      old
        .prepare(
          `INSERT INTO requests (key, chat_id, user_id, url, type, state, is_told, changed_at)
           VALUES (?, 1, 1, 'https://example.com', 'video', 'watching', ?, 1)`,
        )
        .run(`key ${isReported}`, isReported);
    }
    old.close();
    const database = openBotDatabase(file);
    const requests = createRequestStore(database);
    expect([requests.get(1)?.share.state, requests.get(2)?.share.state]).toEqual(['unshared', 'wanted']);
    database.close();
  });
});

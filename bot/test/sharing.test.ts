import { openDatabase } from '@linkcast/kit';
import { until, type TestMessage } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations, openBotDatabase } from '../src/bot-database.ts';
import { createRequestStore } from '../src/request-store.ts';
import { buttonsOf, createStage, MEMBER } from './stage.ts';
import { MEDIA_ID } from './yt-app-stand-in.ts';

const LINK = 'https://example.com/watch?v=1';
const SITE = 'http://localhost:8080';
const SHARE_CALL = /^POST \/api\/media\/\w+\/shares$/;

type Stage = Awaited<ReturnType<typeof createStage>>;

/** A video that is ready, and the message that says so. */
async function readyVideo(stage: Stage, words = '✅ Ready'): Promise<TestMessage> {
  stage.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await stage.job(LINK);
  await stage.hears('Waiting for its turn');
  stage.ytApp.finish(id);
  await stage.hears('✅ Ready');
  return stage.hears(words);
}

describe('the links of a status message', () => {
  it('open everywhere: one share is made as soon as the item plays, and the message says until when', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    for (const ratio of [0.1, 0.2, 0.3]) stage.ytApp.download(id, ratio, { playable: true });
    await stage.hears('▶️ Watch now');
    stage.ytApp.finish(id);
    const end = await stage.hears('The links work until');
    expect(stage.ytApp.access.shares()).toHaveLength(1);
    expect(stage.ytApp.access.shares()[0]?.mediaId).toBe(MEDIA_ID);
    expect(end.text).toContain(`VLC: ${SITE}${stage.sharedPage()}index.m3u8`);
    expect(end.text).not.toContain('/watch/');
    expect(JSON.stringify(end.history)).not.toContain('/watch/');
  });

  it('belong to a share of their own for each who asked', async () => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 502] });
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    stage.telegram.say(502, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    await stage.hears('Waiting for its turn');
    await stage.hears('Waiting for its turn', 502);
    stage.ytApp.finish(id);
    await stage.hears('The links work until');
    await stage.hears('The links work until', 502);
    expect(stage.ytApp.access.shares()).toHaveLength(2);
  });

  it('are the plain ones when sharing fails, and the shared ones at the next change', async () => {
    await using stage = await createStage();
    stage.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'internal' });
    stage.start();
    const end = await readyVideo(stage, 'No share link could be made yet');
    expect(end.text).toContain(`▶️ Watch: ${SITE}/watch/${MEDIA_ID}`);
    expect(end.text).toContain(`VLC: ${SITE}/media/${MEDIA_ID}/index.m3u8`);
    expect(buttonsOf(end)).toEqual(['Share']);
    const shared = await stage.hears('The links work until');
    expect(shared.messageId).toBe(end.messageId);
    expect(stage.ytApp.access.shares()).toHaveLength(1);
  });

  it('are the plain ones when the item cannot be shared at all, and nothing is tried again', async () => {
    await using stage = await createStage();
    stage.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'not-found' });
    stage.start();
    const end = await readyVideo(stage, 'Not shared: the link needs signing in');
    expect(end.text).toContain(`${SITE}/watch/${MEDIA_ID}`);
    expect(stage.ytApp.access.shares()).toEqual([]);
  });

  it('are the same after a restart of the bot in the middle', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.3, { playable: true });
    await stage.hears('▶️ Watch now');
    const page = stage.sharedPage();
    await stage.restart();
    stage.ytApp.finish(id);
    const end = await stage.hears('The links work until');
    expect(end.text).toContain(page);
    expect(stage.ytApp.access.shares()).toHaveLength(1);
  });
});

describe('a download that yt-app began anew', () => {
  it('is shared anew: the first share went with the first item', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.3, { playable: true, playableAt: '2026-11-21T10:00:00.000Z' });
    await stage.hears('▶️ Watch now');
    const first = stage.sharedPage();
    stage.ytApp.download(id, 0.1, { playable: false, playableAt: null });
    await until(() => !stage.said()[0]?.text.includes('Watch now'));
    stage.ytApp.download(id, 0.2, { playable: true, playableAt: '2026-11-21T10:05:00.000Z' });
    stage.ytApp.finish(id);
    const end = await stage.hears('The links work until');
    expect(stage.sharedPage()).not.toBe(first);
    expect(end.text).toContain(stage.sharedPage());
  });
});

describe('Stop sharing', () => {
  it('revokes the share and leaves the page link, and Share makes a new one', async () => {
    await using stage = await createStage();
    stage.start({ siteUrl: 'https://media.example.org' });
    const end = await readyVideo(stage, 'The links work until');
    const [first] = stage.ytApp.access.shares();
    stage.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const stopped = await stage.hears('Not shared');
    expect(stopped.messageId).toBe(end.messageId);
    expect(stage.ytApp.access.revoked).toEqual([first?.id]);
    expect(stopped.text).toContain(`https://media.example.org/watch/${MEDIA_ID}`);
    expect(stopped.text).not.toContain('/s/');
    expect(stopped.text).not.toContain('VLC');
    expect(buttonsOf(stopped)).toEqual(['▶️ Watch', 'Share']);
    stage.telegram.press(MEMBER, end.messageId, 'Share');
    const shared = await stage.hears('The links work until');
    expect(shared.text).toContain(stage.sharedPage());
    expect(stage.sharedPage()).not.toBe(first?.links.page);
  });

  it('works after a restart, and when somebody else has revoked the share already', async () => {
    await using stage = await createStage();
    stage.start();
    const end = await readyVideo(stage, 'The links work until');
    await stage.restart();
    stage.ytApp.access.refuseCall({ path: /^DELETE \/api\/shares/, problem: 'not-found' });
    stage.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    await stage.hears('Not shared');
  });

  it('while yt-app is away says so, and the share ends when it is back', async () => {
    await using stage = await createStage();
    stage.start();
    const end = await readyVideo(stage, 'The links work until');
    await stage.ytApp.down();
    stage.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const waiting = await stage.hears('Sharing stops as soon as Linkcast answers');
    expect(buttonsOf(waiting)).toEqual([]);
    await stage.ytApp.up();
    await stage.hears('Not shared');
    expect(stage.ytApp.access.shares()).toEqual([]);
  });

  it.each(['u:1', 's:1', 'u:99', 's:0'])('with made-up data (%s) from another chat changes nothing', async (data) => {
    await using stage = await createStage();
    stage.start({ allowedUsers: [MEMBER, 502] });
    await readyVideo(stage, 'The links work until');
    stage.telegram.openChat(502);
    const forged = { id: 'f1', from: { id: 502, is_bot: false, first_name: 'X' }, chat_instance: '1', data };
    stage.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: 502, type: 'private' } } },
    });
    await stage.settled();
    expect(stage.ytApp.access.shares()).toHaveLength(1);
    expect(stage.ytApp.access.revoked).toEqual([]);
  });

  it('pressed before the item is ready, or twice, is over already', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await stage.job(LINK);
    stage.ytApp.download(id, 0.3, { playable: true });
    const status = await stage.hears('▶️ Watch now');
    const press = { from: { id: MEMBER, is_bot: false }, chat_instance: '1', data: 'u:1' };
    const chat = { id: MEMBER, type: 'private' };
    stage.telegram.send({ callback_query: { id: 'e1', ...press, message: { message_id: status.messageId, chat } } });
    await stage.settled();
    expect(stage.ytApp.access.revoked).toEqual([]);
    stage.ytApp.finish(id);
    const end = await stage.hears('The links work until');
    stage.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    stage.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    await stage.hears('Not shared');
    await stage.settled();
    expect(stage.ytApp.access.revoked).toHaveLength(1);
  });
});

describe('a share link', () => {
  it('is in no line of the log, and in no file once its message is delivered', async () => {
    await using stage = await createStage();
    stage.start({ siteUrl: 'https://media.example.org' });
    stage.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: "Bad Request: inline keyboard button URL 'https://media.example.org/s/canary/' is invalid: Wrong",
      method: 'editMessageText',
    });
    await readyVideo(stage, 'The links work until');
    const token = /\/s\/([\w-]{22})\//.exec(stage.sharedPage())?.[1] ?? 'no token';
    await until(() => stage.log().includes('rejected a message'));
    await stage.settled();
    await stage.stop();
    const files = await readdir(stage.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(stage.folder, file), 'latin1')));
    for (const text of [stage.log(), ...contents]) expect(text.includes(token)).toBe(false);
    expect(stage.log()).not.toContain('canary/');
  });

  it('is not made for what was told before there were shares', async () => {
    await using stage = await createStage();
    const file = path.join(stage.folder, 'bot.sqlite');
    const old = openDatabase(file, migrations.slice(0, 1));
    for (const isTold of [1, 0]) {
      old
        .prepare(
          `INSERT INTO requests (key, chat_id, user_id, url, type, state, is_told, changed_at)
           VALUES (?, 1, 1, 'https://example.com', 'video', 'watching', ?, 1)`,
        )
        .run(`key ${isTold}`, isTold);
    }
    old.close();
    const database = openBotDatabase(file);
    const requests = createRequestStore(database);
    expect([requests.get(1)?.share.state, requests.get(2)?.share.state]).toEqual(['unshared', 'wanted']);
    database.close();
  });
});

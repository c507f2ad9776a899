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
const GROUP = -1001234;
const SHARE_CALL = /^POST \/api\/media\/\w+\/shares$/;
const REVOKE_CALL = /^DELETE \/api\/shares\/\w+$/;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** The message about a video that is ready. */
async function readyVideo(bot: TestBot, chatId = MEMBER): Promise<TestMessage> {
  bot.telegram.say(MEMBER, `/dv ${LINK}`, { chatId });
  const { id } = await bot.job(LINK);
  await bot.says('Waiting in the queue', chatId);
  bot.ytApp.finish(id);
  return bot.says('✅ Ready', chatId);
}

/** The message about a video that is ready and that its requester has shared. */
async function sharedVideo(bot: TestBot, chatId = MEMBER): Promise<TestMessage> {
  const { messageId } = await readyVideo(bot, chatId);
  bot.telegram.press(MEMBER, messageId, 'Share', { chatId });
  return bot.says('can open them until', chatId);
}

describe('an item', () => {
  it('playable and ready, with its job followed to the end: is not shared unasked', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    for (const ratio of [0.1, 0.2, 0.3]) bot.ytApp.download(id, ratio, { playable: true });
    await bot.says('▶️ Watch now');
    await bot.restart();
    bot.ytApp.finish(id);
    const end = await bot.says('Not shared: the link opens for people who are signed in');
    expect(end.text).toContain(`▶️ Watch: ${SITE}/watch/${MEDIA_ID}`);
    await bot.hasReadAll();
    expect(bot.ytApp.people.callersOf(SHARE_CALL)).toEqual([]);
    expect(JSON.stringify(end.history)).not.toContain('/s/');
  });
});

describe('Share', () => {
  it('pressed: makes one share for the person, and the message has its links and shows when it expires', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await readyVideo(bot);
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    const shared = await bot.says('can open them until');
    expect(shared.messageId).toBe(end.messageId);
    expect(shared.text).toContain(`▶️ Watch: ${SITE}${bot.sharedPage()}`);
    expect(shared.text).toContain(`VLC: ${SITE}${bot.sharedPage()}index.m3u8`);
    expect(shared.text).not.toContain('/watch/');
    expect(buttonsOf(shared)).toEqual(['Stop sharing', '📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    await bot.hasReadAll();
    expect(bot.ytApp.people.callersOf(SHARE_CALL)).toEqual([MEMBER]);
  });

  it('pressed under an audio item: the message has the link of the MP3', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/da ${LINK}`);
    bot.ytApp.finish((await bot.job(LINK)).id);
    bot.telegram.press(MEMBER, (await bot.says('✅ Ready')).messageId, 'Share');
    const shared = await bot.says('can open them until');
    expect(shared.text).toContain(`MP3: ${SITE}${bot.sharedPage()}audio.mp3`);
    expect(shared.text).toContain(`Radio: ${SITE}/radio`);
  });

  it('failing at first: the message reports that, and has the links after the retry', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'internal' });
    bot.start();
    const end = await readyVideo(bot);
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    await bot.says('There is no share link yet');
    const shared = await bot.says('can open them until');
    expect(shared.messageId).toBe(end.messageId);
    expect(bot.ytApp.access.shares()).toHaveLength(1);
  });

  it.each([
    ['not-found', 'Not found.'],
    ['forbidden', 'You are not allowed to do this.'],
  ] as const)('refused as %s: the person gets the reason, and the message stays as it is', async (problem, reason) => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: SHARE_CALL, problem });
    bot.start();
    const end = await readyVideo(bot);
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    expect((await bot.says(reason)).replyTo).toBe(end.messageId);
    expect(buttonsOf(await bot.says('✅ Ready'))).toEqual(['Share', '📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    expect(bot.ytApp.access.shares()).toEqual([]);
  });

  it('on a public site, in a private chat: the button still opens the page as a Mini App', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    const shared = await sharedVideo(bot);
    expect(shared.text).toContain(`https://media.example.org${bot.sharedPage()}`);
    expect(shared.keyboard[0]).toEqual([{ text: '▶️ Watch', webApp: `https://media.example.org/watch/${MEDIA_ID}` }]);
  });

  it('pressed by an owner in a group: makes the share for the owner', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [700] });
    const end = await readyVideo(bot, GROUP);
    bot.telegram.press(700, end.messageId, 'Share', { chatId: GROUP });
    await bot.says('can open them until', GROUP);
    expect(bot.ytApp.people.callersOf(SHARE_CALL)).toEqual([700]);
  });

  it('pressed by another member in a group, and refused: they get a reply, and nothing is shared', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: SHARE_CALL, problem: 'forbidden' });
    bot.start({ members: [MEMBER, 502] });
    const end = await readyVideo(bot, GROUP);
    bot.telegram.press(502, end.messageId, 'Share', { chatId: GROUP });
    expect((await bot.says('Only the person who asked for it, or an owner', GROUP)).replyTo).toBe(end.messageId);
    expect(bot.ytApp.access.shares()).toEqual([]);
  });
});

describe('Stop sharing', () => {
  it('pressed: revokes the share and leaves the page link; Share then makes a new share', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    const end = await sharedVideo(bot);
    const [first] = bot.ytApp.access.shares();
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const stopped = await bot.says('Not shared');
    expect(stopped.messageId).toBe(end.messageId);
    expect(bot.ytApp.access.revoked).toEqual([first?.id]);
    expect(stopped.text).toContain(`https://media.example.org/watch/${MEDIA_ID}`);
    expect(stopped.text).not.toContain('/s/');
    expect(stopped.text).not.toContain('VLC');
    expect(buttonsOf(stopped)).toEqual(['▶️ Watch', 'Share', '📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    bot.telegram.press(MEMBER, end.messageId, 'Share');
    const shared = await bot.says('can open them until');
    expect(shared.text).toContain(bot.sharedPage());
    expect(bot.sharedPage()).not.toBe(first?.links.page);
  });

  it('pressed after a restart, with the share already revoked: the message reports that the item is not shared', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await sharedVideo(bot);
    await bot.restart();
    bot.ytApp.access.refuseCall({ path: REVOKE_CALL, problem: 'not-found' });
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    await bot.says('Not shared');
  });

  it('pressed while yt-app is unreachable: the message reports that, and the share is revoked when yt-app is back', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await sharedVideo(bot);
    await bot.ytApp.down();
    bot.telegram.press(MEMBER, end.messageId, 'Stop sharing');
    const waiting = await bot.says('Linkcast is not responding. The shared links work until');
    expect(buttonsOf(waiting)).toEqual(['📌 Keep', '🎵 Make audio', '⬆️ Fetch again']);
    await bot.ytApp.up();
    await bot.says('Not shared');
    expect(bot.ytApp.access.shares()).toEqual([]);
  });

  it.each([
    ['forbidden', false],
    ['not there for them', true],
  ])(
    'pressed by another member in a group, to whom the share is %s: the share stays, and they get a reply',
    async (_name, isHidden) => {
      await using bot = await createTestBot();
      if (isHidden) bot.ytApp.access.hideShares();
      bot.start({ members: [MEMBER, 502] });
      const end = await sharedVideo(bot, GROUP);
      bot.telegram.press(502, end.messageId, 'Stop sharing', { chatId: GROUP });
      const reply = await bot.says('Only the person who asked for it, or an owner', GROUP);
      expect(reply.replyTo).toBe(end.messageId);
      expect(bot.ytApp.people.callersOf(REVOKE_CALL)).toEqual([502]);
      expect(bot.ytApp.access.shares()).toHaveLength(1);
      expect(buttonsOf(await bot.says('can open them until', GROUP))).toEqual([
        'Stop sharing',
        '📌 Keep',
        '🎵 Make audio',
        '⬆️ Fetch again',
      ]);
      bot.telegram.press(MEMBER, end.messageId, 'Stop sharing', { chatId: GROUP });
      await bot.says('Not shared', GROUP);
      expect(bot.ytApp.access.shares()).toEqual([]);
    },
  );

  it.each(['u:1', 's:1', 'u:99', 's:0'])('forged in another chat with the data %s: changes nothing', async (data) => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    await sharedVideo(bot);
    bot.telegram.openChat(502);
    const forged = { id: 'f1', from: { id: 502, is_bot: false, first_name: 'X' }, chat_instance: '1', data };
    bot.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: 502, type: 'private' } } },
    });
    await bot.hasReadAll();
    expect(bot.ytApp.access.shares()).toHaveLength(1);
    expect(bot.ytApp.access.revoked).toEqual([]);
  });

  it.each(['s:1', 'u:1'])(
    'or Share, forged with the data %s before the item is ready: changes nothing',
    async (data) => {
      await using bot = await createTestBot();
      bot.start();
      bot.telegram.say(MEMBER, `/dv ${LINK}`);
      const { id } = await bot.job(LINK);
      bot.ytApp.download(id, 0.3, { playable: true });
      const { messageId } = await bot.says('▶️ Watch now');
      const press = { from: { id: MEMBER, is_bot: false }, chat_instance: '1', data };
      const chat = { id: MEMBER, type: 'private' };
      bot.telegram.send({ callback_query: { id: 'e1', ...press, message: { message_id: messageId, chat } } });
      await bot.hasReadAll();
      expect(bot.ytApp.people.callersOf(/shares/)).toEqual([]);
    },
  );

  it('pressed twice: revokes the share once', async () => {
    await using bot = await createTestBot();
    bot.start();
    const end = await sharedVideo(bot);
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
    const end = await readyVideo(bot, GROUP);
    bot.telegram.fail({
      kind: 'refuse',
      code: 400,
      description: "Bad Request: inline keyboard button URL 'https://media.example.org/s/canary/' is invalid: Wrong",
      method: 'editMessageText',
    });
    bot.telegram.press(MEMBER, end.messageId, 'Share', { chatId: GROUP });
    await bot.says('can open them until', GROUP);
    const token = /\/s\/([\w-]{22})\//.exec(bot.sharedPage())?.[1] ?? 'no token';
    await until(() => bot.log().includes('rejected a message'));
    await bot.hasReadAll();
    await bot.stop();
    const files = await readdir(bot.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(bot.folder, file), 'latin1')));
    for (const text of [bot.log(), ...contents]) expect(text.includes(token)).toBe(false);
    expect(bot.log()).not.toContain('canary/');
  });
});

/** The migrations of the version that shared unasked. */
const BEFORE = migrations.slice(0, 3);

describe('requests of the version that shared unasked', () => {
  it('opened by this version: shares of delivered links stay, those of running downloads end, and no others are made', async () => {
    await using bot = await createTestBot();
    const file = path.join(bot.folder, 'before.sqlite');
    const old = openDatabase(file, BEFORE);
    const add = old.prepare(
      `INSERT INTO requests (key, chat_id, user_id, url, type, state, share_state, share_id, is_told, changed_at)
       VALUES (?, 1, 1, 'https://example.com', 'video', ?, ?, ?, 1, 1)`,
    );
    for (const state of ['ended', 'watching'])
      for (const share of ['wanted', 'shared', 'revoking', 'unshared']) add.run(`${state} ${share}`, state, share, 'x');
    old.close();
    const database = openBotDatabase(file);
    const requests = createRequestStore(database);
    expect(Array.from({ length: 8 }, (_, index) => requests.get(index + 1)?.share.state)).toEqual([
      ...['unshared', 'shared', 'revoking', 'unshared'],
      ...['unshared', 'revoking', 'revoking', 'unshared'],
    ]);
    requests.add({ key: 'new', chatId: 1, userId: 1, url: 'https://example.com', type: 'video' });
    expect(requests.get(9)?.share.state).toBe('unshared');
    database.close();
  });
});

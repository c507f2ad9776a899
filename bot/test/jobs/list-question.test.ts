import { until } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBotDatabase } from '../../src/bot-database.ts';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/list?id=1';
const GROUP = -1001234;
const OTHER = 502;
const OWNER = 700;
const QUESTION = 'This link is a list of 12 videos.';
const BUTTONS = ['First video', 'All 12', 'Cancel'];
const DAY_MS = 86_400_000;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** The question about a list that the member sent. */
async function asked(bot: TestBot, command = '/dv', chatId = MEMBER) {
  bot.start({ members: [MEMBER, OTHER], owners: [OWNER] });
  bot.ytApp.list(LINK);
  bot.telegram.say(MEMBER, `${command} ${LINK}`, { chatId });
  return bot.says(QUESTION, chatId);
}
/** The notes over the chat, in their order. */
const notes = (bot: TestBot) => bot.telegram.calls('answerCallbackQuery').map(({ parameters }) => parameters['text']);
const choicesOf = (bot: TestBot) => bot.ytApp.submissions.map(({ playlist, type }) => `${type} ${playlist}`);

/** Makes the bot's questions as old as this; the bot must not run. */
function age(bot: TestBot, ms: number): void {
  const database = openBotDatabase(path.join(bot.folder, 'bot.sqlite'));
  database.prepare('UPDATE requests SET changed_at = changed_at - ?').run(ms);
  database.close();
}

describe('a link that is a list', () => {
  it('sent with /dv: the message becomes the question; First video makes the usual job of it', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    expect(question.text).toBe(`🎬 Talks of 2026\n${QUESTION}\nWhich do you want?`);
    expect(buttonsOf(question)).toEqual(BUTTONS);
    expect(bot.ytApp.jobs()).toEqual([]);

    bot.telegram.press(MEMBER, question.messageId, 'First video');
    const job = await bot.job(LINK);
    bot.ytApp.finish(job.id);
    const end = await bot.says('✅ Ready');
    expect(end.messageId).toBe(question.messageId);
    expect(bot.said()).toHaveLength(1);
    expect(notes(bot)).toEqual(['On it']);
    expect(choicesOf(bot)).toEqual(['video ask', 'video one']);
    expect(new Set(bot.ytApp.submissions.map(({ key }) => key)).size).toBe(1);
  });

  it('sent with /da, all of it: the message shows the numbers of its videos until the end', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot, '/da');
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    const { id } = await bot.job(LINK);
    const children = { total: 12, queued: 5, running: 1, ready: 5, failed: 1, cancelled: 0 };
    bot.ytApp.download(id, 0.5, { children, title: 'Talks of 2026' });
    expect((await bot.says('50%')).text).toContain('5 of 12 ready, 1 failed');

    const none = { mediaId: null, links: { page: null, hls: null, file: null } };
    bot.ytApp.finish(id, { ...none, children: { ...children, queued: 0, running: 0, ready: 11 } });
    const end = await bot.says('✅ Ready · 11 of 12 ready, 1 failed');
    expect(end.text).toBe('🎵 Talks of 2026\n✅ Ready · 11 of 12 ready, 1 failed\nhttp://localhost:8080/');
    expect(buttonsOf(end)).toEqual([]); // a list has no item that could be shared or kept
    expect(choicesOf(bot)).toEqual(['audio ask', 'audio all']);
  });

  it('of which every video fails: the message says so, and Retry runs them again', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    const { id } = await bot.job(LINK);
    const children = { total: 12, queued: 0, running: 0, ready: 0, failed: 12, cancelled: 0 };
    bot.ytApp.change(id, { state: 'failed', children, finishedAt: new Date().toISOString() });
    const failed = await bot.says('❌ None of the 12 videos could be downloaded.');
    bot.telegram.press(MEMBER, failed.messageId, 'Retry');
    await bot.says('Waiting in the queue');
    expect(bot.ytApp.jobs()).toHaveLength(1);
  });

  it('cancelled at the question: makes no job; Retry asks again', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    bot.telegram.press(MEMBER, question.messageId, 'Cancel');
    const cancelled = await bot.says('🚫 Cancelled');
    expect(cancelled.messageId).toBe(question.messageId);
    expect(bot.ytApp.jobs()).toEqual([]);
    bot.telegram.press(MEMBER, cancelled.messageId, 'Retry');
    expect(buttonsOf(await bot.says(QUESTION))).toEqual(BUTTONS);
  });

  it.each([
    ['names a video of it', { one: 'chosen' as const }, ['This video', 'All 12', 'Cancel']],
    ['has a first video that cannot be read', { one: null }, ['One video', 'All 12', 'Cancel']],
    ['has more videos than are taken', { videos: 200, hasMore: true }, ['First video', 'First 200', 'Cancel']],
    ['has no title', { title: null }, BUTTONS],
  ])('that %s: the buttons say what they take', async (_name, facts, buttons) => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.list(LINK, facts);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const question = await bot.says('This link is a list of');
    expect(buttonsOf(question)).toEqual(buttons);
    expect(question.text).toContain('title' in facts ? LINK : 'Talks of 2026');
    const data = question.keyboard.flat().map((button) => button.data ?? '');
    for (const one of data) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(64);
  });

  it('with markup in its title: shows it as plain text', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.list(LINK, { title: '<b>Tom</b> & "Jerry"'.repeat(15) });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const question = await bot.says(QUESTION);
    expect(question.text).toContain('<b>Tom</b> & "Jerry"');
    expect(bot.telegram.calls().filter((call) => call.refusal === 400)).toEqual([]);
  });

  it('pasted, then Video: the message of the offer becomes the question', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.list(LINK);
    bot.telegram.say(MEMBER, LINK);
    const offer = await bot.says('Video or audio?');
    bot.telegram.press(MEMBER, offer.messageId, 'Video');
    const question = await bot.says(QUESTION);
    expect(question.messageId).toBe(offer.messageId);
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    expect((await bot.job(LINK)).children?.total).toBe(12);
  });

  it('among other links of a message, with a link whose reading never ends: the others become jobs', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.list(LINK);
    bot.ytApp.holdLink('https://example.com/slow');
    const others = [1, 2, 3].map((index) => `https://example.com/${index}`);
    bot.telegram.say(MEMBER, `/dv https://example.com/slow ${LINK} ${others.join(' ')}`);
    for (const link of others) await bot.job(link);
    await bot.says(QUESTION);
  });

  it('cancelled while yt-app still reads it: is cancelled at once, and the call is given up', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.holdLink(LINK);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await bot.says('Adding it to the queue');
    await until(() => bot.ytApp.submissions.length === 1);
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    await bot.says('🚫 Cancelled');
    expect(bot.ytApp.submissions).toHaveLength(1);
  });
});

describe('a press under the question', () => {
  it.each([
    ['another member', OTHER],
    ['an owner', OWNER],
  ])('of %s in a group: changes nothing, and a note says why', async (_name, presser) => {
    await using bot = await createTestBot();
    const question = await asked(bot, '/dv', GROUP);
    for (const button of BUTTONS) bot.telegram.press(presser, question.messageId, button, { chatId: GROUP });
    await until(() => notes(bot).length === BUTTONS.length);
    expect(new Set(notes(bot))).toEqual(new Set(['Only the person who sent the link can choose.']));
    expect(bot.ytApp.jobs()).toEqual([]);
    bot.telegram.press(MEMBER, question.messageId, 'All 12', { chatId: GROUP });
    await bot.job(LINK);
  });

  it('forged, with the row of another chat: changes nothing', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    const data = question.keyboard.flat().find(({ text }) => text === 'All 12')?.data;
    const forged = { id: 'f1', from: { id: OTHER, is_bot: false, first_name: 'X' }, chat_instance: '1', data };
    bot.telegram.openChat(OTHER);
    bot.telegram.send({
      callback_query: { ...forged, message: { message_id: 1, chat: { id: OTHER, type: 'private' } } },
    });
    await until(() => notes(bot).length === 1);
    expect(notes(bot)).toEqual(['Already finished']);
    expect(choicesOf(bot)).toEqual(['video ask']);
  });

  it('twice, and then on the other button: counts once', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    for (const button of ['First video', 'First video', 'All 12'])
      bot.telegram.press(MEMBER, question.messageId, button);
    await until(() => notes(bot).length === 3);
    await bot.job(LINK);
    await bot.says('Waiting in the queue');
    expect(notes(bot).toSorted()).toEqual(['Already finished', 'Already finished', 'On it']);
    expect(choicesOf(bot)).toEqual(['video ask', 'video one']);
    expect(bot.ytApp.jobs()).toHaveLength(1);
  });

  it('after a restart of the bot: is answered, and makes one job', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    await bot.restart({ members: [MEMBER, OTHER] });
    await bot.hasReadAll();
    expect(choicesOf(bot)).toEqual(['video ask']); // the link is not read again
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    expect((await bot.job(LINK)).children?.total).toBe(12);
    expect((await bot.says('Waiting in the queue')).messageId).toBe(question.messageId);
  });

  it('while yt-app is away, with a restart in between: is submitted once yt-app is back, under one key', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    await bot.ytApp.down();
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    await bot.says('Linkcast is not responding');
    await bot.restart({ members: [MEMBER, OTHER] });
    await bot.ytApp.up();
    await bot.says('Waiting in the queue');
    expect(bot.ytApp.jobs()).toHaveLength(1);
    const keys = bot.ytApp.submissions.filter(({ playlist }) => playlist === 'all').map(({ key }) => key);
    expect(new Set(keys).size).toBe(1);
  });

  it('on a question of the day before yesterday: a note says that it is closed', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    age(bot, 2 * DAY_MS);
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    await until(() => notes(bot).length === 1);
    expect(notes(bot)).toEqual(['This question is closed. Send the link again.']);
    expect(choicesOf(bot)).toEqual(['video ask']);
  });

  it('that passes a limit of the person: the message says which, and Retry asks again', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    bot.ytApp.refuse({ problem: 'over-limit', overLimit: { which: 'jobsPerDay', limit: 10, used: 3, freeAt: null } });
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    const refused = await bot.says('❌');
    expect(refused.messageId).toBe(question.messageId);
    expect(buttonsOf(refused)).toEqual(['Retry']);
    bot.telegram.press(MEMBER, refused.messageId, 'Retry');
    const again = await bot.says(QUESTION);
    bot.telegram.press(MEMBER, again.messageId, 'First video');
    expect((await bot.job(LINK)).children).toBeNull();
  });

  it('while the disk is full: the message says so, keeps the choice, and it is submitted when there is room', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    bot.ytApp.refuse({ problem: 'storage-full', retryAfterSeconds: 1 });
    bot.telegram.press(MEMBER, question.messageId, 'All 12');
    expect((await bot.says('I will keep trying.')).messageId).toBe(question.messageId);
    expect((await bot.job(LINK)).children?.total).toBe(12);
    expect(choicesOf(bot)).toEqual(['video ask', 'video all', 'video all']);
  });
});

describe('a question that nobody answers', () => {
  it('for a day: ends; its message says so, and Retry asks again', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    await bot.stop();
    age(bot, DAY_MS + 1000);
    bot.start();
    const ended = await bot.says('🚫 Nobody chose within a day, so nothing was added.');
    expect(ended.messageId).toBe(question.messageId);
    expect(buttonsOf(ended)).toEqual(['Retry']);
    bot.telegram.press(MEMBER, ended.messageId, 'Retry');
    await bot.says(QUESTION);
  });

  it('for less than a day: stays open', async () => {
    await using bot = await createTestBot();
    const question = await asked(bot);
    await bot.stop();
    age(bot, DAY_MS - 60_000);
    bot.start();
    await bot.hasReadAll();
    bot.telegram.press(MEMBER, question.messageId, 'First video');
    await bot.job(LINK);
  });

  it('whose message was deleted before it came: is asked in a new message', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.list(LINK);
    bot.ytApp.refuse({ problem: 'queue-full', retryAfterSeconds: 1 });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await bot.says('I will keep trying.');
    const description = 'Bad Request: message to edit not found';
    bot.telegram.fail({ kind: 'refuse', code: 400, description, method: 'editMessageText' });
    const question = await bot.says(QUESTION);
    expect(question.messageId).not.toBe(status.messageId);
    bot.telegram.press(MEMBER, question.messageId, 'First video');
    bot.ytApp.finish((await bot.job(LINK)).id);
    expect((await bot.says('✅ Ready')).messageId).toBe(question.messageId);
  });
});

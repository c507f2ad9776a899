import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const GROUP = -1001234;
const OTHER = 502;
const OWNER = 700;
const NOT_YOURS = 'Only the person who asked for it, or an owner, can do that.';
const CANCEL_CALL = /^DELETE \/api\/jobs\/\w+$/;
const RETRY_CALL = /^POST \/api\/jobs\/\w+\/retry$/;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** A job of the member, requested in the group. */
async function requested(bot: TestBot) {
  bot.start({ members: [MEMBER, OTHER], owners: [OWNER] });
  bot.telegram.say(MEMBER, `/dv ${LINK}`, { chatId: GROUP });
  const { id } = await bot.job(LINK);
  return { id, status: await bot.says('Waiting in the queue', GROUP) };
}

describe('Cancel in a group', () => {
  it.each([
    ['forbidden', false],
    ['not there for them', true],
  ])(
    'pressed by another member, to whom the job is %s: they get a reply, and the job goes on',
    async (_name, isHidden) => {
      await using bot = await createTestBot();
      const { id, status } = await requested(bot);
      if (isHidden) bot.ytApp.hide(id);
      bot.telegram.press(OTHER, status.messageId, 'Cancel', { chatId: GROUP });
      expect((await bot.says(NOT_YOURS, GROUP)).replyTo).toBe(status.messageId);
      expect(bot.ytApp.people.callersOf(CANCEL_CALL)).toEqual([OTHER]);
      bot.ytApp.download(id, 0.5);
      expect(buttonsOf(await bot.says('50%', GROUP))).toEqual(['Cancel']);
      bot.ytApp.finish(id);
      expect((await bot.says('✅ Ready', GROUP)).messageId).toBe(status.messageId);
    },
  );

  it('pressed by another member while a third waits for the same job: ends nobody’s request', async () => {
    await using bot = await createTestBot();
    const { id, status } = await requested(bot);
    bot.telegram.say(OWNER, `/dv ${LINK}`);
    await bot.says('Waiting in the queue', OWNER);
    bot.telegram.press(OTHER, status.messageId, 'Cancel', { chatId: GROUP });
    await bot.says(NOT_YOURS, GROUP);
    bot.ytApp.finish(id);
    await bot.says('✅ Ready', GROUP);
    await bot.says('✅ Ready', OWNER);
  });

  it('pressed by an owner: cancels the job', async () => {
    await using bot = await createTestBot();
    const { status } = await requested(bot);
    bot.telegram.press(OWNER, status.messageId, 'Cancel', { chatId: GROUP });
    await bot.says('🚫 Cancelled', GROUP);
    expect(bot.ytApp.people.callersOf(CANCEL_CALL)).toEqual([OWNER]);
    expect(bot.ytApp.jobs()[0]?.state).toBe('cancelled');
  });

  it('pressed by another member and then by the requester, while yt-app is away: cancels for the requester', async () => {
    await using bot = await createTestBot();
    const { status } = await requested(bot);
    bot.telegram.say(OTHER, '/cancel'); // the bot then knows them while yt-app is away
    await bot.says('nothing to cancel', OTHER);
    await bot.ytApp.down();
    for (const person of [OTHER, MEMBER]) bot.telegram.press(person, status.messageId, 'Cancel', { chatId: GROUP });
    await bot.hasReadAll();
    await bot.ytApp.up();
    await bot.says('🚫 Cancelled', GROUP);
    expect(bot.ytApp.jobs()[0]?.state).toBe('cancelled');
  });

  it('pressed by another member before yt-app has the request: changes nothing, and the note says why', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, OTHER] });
    bot.ytApp.refuse({ problem: 'queue-full', retryAfterSeconds: 600 });
    bot.telegram.say(OTHER, '/cancel');
    await bot.says('nothing to cancel', OTHER);
    bot.telegram.say(MEMBER, `/dv ${LINK}`, { chatId: GROUP });
    const status = await bot.says('The queue is full', GROUP);
    bot.telegram.press(OTHER, status.messageId, 'Cancel', { chatId: GROUP });
    await bot.hasReadAll();
    expect(bot.telegram.calls('answerCallbackQuery').at(-1)?.parameters['text']).toBe(NOT_YOURS);
    bot.telegram.press(MEMBER, status.messageId, 'Cancel', { chatId: GROUP });
    await bot.says('🚫 Cancelled', GROUP);
  });

  it('pressed by a requester whose job is that of somebody else: ends the request, and the job goes on', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.addJobOf(OWNER, LINK);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await bot.says('Waiting in the queue');
    bot.telegram.press(MEMBER, status.messageId, 'Cancel');
    await bot.says('🚫 Cancelled');
    expect(bot.ytApp.jobs().map(({ state }) => state)).toEqual(['queued']);
  });
});

describe('Retry in a group', () => {
  it.each([
    ['forbidden', false],
    ['not there for them', true],
  ])(
    'pressed by another member, to whom the job is %s: they get a reply, and the end stays',
    async (_name, isHidden) => {
      await using bot = await createTestBot();
      const { id } = await requested(bot);
      if (isHidden) bot.ytApp.hide(id);
      bot.ytApp.fail(id, 'source-stalled');
      const failed = await bot.says('❌ The site stopped sending data.', GROUP);
      bot.telegram.press(OTHER, failed.messageId, 'Retry', { chatId: GROUP });
      await bot.says(NOT_YOURS, GROUP);
      expect(bot.ytApp.people.callersOf(RETRY_CALL)).toEqual([OTHER]);
      expect(buttonsOf(await bot.says('❌ The site stopped sending data.', GROUP))).toEqual(['Retry']);
      expect(bot.ytApp.jobs().map(({ state }) => state)).toEqual(['failed']);
      bot.telegram.press(MEMBER, failed.messageId, 'Retry', { chatId: GROUP });
      await bot.says('Waiting in the queue', GROUP);
    },
  );

  it('pressed by another member when the job does not exist any more: submits the link in their name', async () => {
    await using bot = await createTestBot();
    const { id } = await requested(bot);
    bot.ytApp.forget(id);
    bot.ytApp.reset();
    const lost = await bot.says('This job no longer exists', GROUP);
    bot.telegram.press(OTHER, lost.messageId, 'Retry', { chatId: GROUP });
    await bot.says('Waiting in the queue', GROUP);
    expect(bot.ytApp.people.callersOf(/^POST \/api\/jobs$/)).toEqual([MEMBER, OTHER]);
  });

  it('pressed by a requester whose job is that of somebody else: makes a job of their own', async () => {
    await using bot = await createTestBot();
    bot.start();
    const { id } = bot.ytApp.addJobOf(OWNER, LINK);
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.says('Waiting in the queue');
    bot.ytApp.fail(id, 'source-stalled');
    const failed = await bot.says('❌ The site stopped sending data.');
    bot.telegram.press(MEMBER, failed.messageId, 'Retry');
    await bot.says('Waiting in the queue');
    expect(bot.ytApp.jobs().map(({ state }) => state)).toEqual(['failed', 'queued']);
  });
});

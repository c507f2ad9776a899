import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const OTHER = 502;
const READ_CALL = /^GET \/api\/jobs\/\w+$/;

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** A job of somebody else for which the member waits, too. */
async function waitedFor(bot: TestBot) {
  bot.start({ members: [MEMBER, OTHER] });
  const { id } = bot.ytApp.addJobOf(OTHER, LINK);
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  await bot.says('Waiting in the queue');
  bot.ytApp.download(id, 0.25);
  return { id, status: await bot.says('25%') };
}

describe('a job that is read', () => {
  it('is read for its requester, never with the rights of the bot', async () => {
    await using bot = await createTestBot();
    await waitedFor(bot);
    expect(new Set(bot.ytApp.people.callersOf(READ_CALL))).toEqual(new Set([MEMBER]));
  });

  it('of somebody else, private since the bot was stopped: the message ends, without title or links', async () => {
    await using bot = await createTestBot();
    const { id, status } = await waitedFor(bot);
    await bot.stop();
    bot.ytApp.makePrivate(id);
    bot.ytApp.finish(id, { title: 'Our wedding' });
    bot.start();
    const end = await bot.says('This job no longer exists');
    expect(end.messageId).toBe(status.messageId);
    expect(end.text).toContain(LINK);
    expect(JSON.stringify(bot.said())).not.toMatch(/✅|\/watch\/|wedding/);
    expect(buttonsOf(end)).toEqual(['Retry']);
  });

  it('of somebody else, private from now on: the message ends, and shows no further progress', async () => {
    await using bot = await createTestBot();
    const { id, status } = await waitedFor(bot);
    bot.ytApp.makePrivate(id);
    bot.ytApp.download(id, 0.5);
    await bot.says('This job no longer exists');
    bot.ytApp.download(id, 0.75);
    bot.ytApp.finish(id);
    await bot.hasReadAll();
    const shown = JSON.stringify(bot.said().find(({ messageId }) => messageId === status.messageId)?.history);
    expect(shown).not.toMatch(/50%|75%|✅/);
  });

  it('private and their own: the requester gets its progress and its end', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.makePrivate(id);
    bot.ytApp.download(id, 0.5);
    await bot.says('50%');
    bot.ytApp.download(id, 0.75);
    await bot.says('75%');
    bot.ytApp.finish(id);
    await bot.says('✅ Ready');
  });

  it('for a person who was removed: the message ends with that reason', async () => {
    await using bot = await createTestBot();
    const { id, status } = await waitedFor(bot);
    bot.ytApp.people.remove(MEMBER);
    bot.ytApp.finish(id);
    const end = await until(() => {
      const message = bot.said().find(({ messageId }) => messageId === status.messageId);
      if (!message?.text.includes('❌')) throw new Error('the message has not ended');
      return message;
    });
    expect(end.text).toContain('I do not know this account.');
  });

  it('that fails: delays no event of others, and is repeated, also after a restart', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, OTHER] });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.telegram.say(OTHER, '/dv https://example.com/2');
    const other = await bot.job('https://example.com/2');
    for (const person of [MEMBER, OTHER]) await bot.says('Waiting in the queue', person);
    const fault = { path: new RegExp(`^GET /api/jobs/${id}$`), problem: 'internal' } as const;
    bot.ytApp.access.refuseCall(...Array.from({ length: 50 }, () => ({ ...fault })));
    bot.ytApp.finish(id);
    bot.ytApp.finish(other.id);
    await bot.says('✅ Ready', OTHER);
    expect(JSON.stringify(bot.said())).not.toContain('✅');
    await bot.stop();
    bot.ytApp.access.acceptCalls();
    bot.start();
    await bot.says('✅ Ready');
  });
});

import type { RetentionQuestion } from '@linkcast/contracts';
import { until } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const OWNERS = [700, 701];
const { retention: words } = textsOf('en').bot;
const question: RetentionQuestion = {
  ...{ id: 'q'.repeat(20), mediaId: 'm'.repeat(20), title: 'A <talk>', bytes: 2.1e9, personName: 'Bea' },
  reason: 'unwatched',
  addedAt: '2026-05-01T10:00:00.000Z',
  askedAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 14 * 86_400_000).toISOString(),
};

async function asked(bot: Awaited<ReturnType<typeof createTestBot>>) {
  for (const owner of OWNERS) bot.telegram.openChat(owner);
  bot.ytApp.access.setQuestions([question]);
  bot.start({ owners: OWNERS, noticesMs: 30 });
  return Promise.all(OWNERS.map((owner) => bot.says(question.title, owner)));
}
/** Presses a button of a person's chat, by its data: also one that the chat does not have. */
const forge = (bot: Awaited<ReturnType<typeof createTestBot>>, userId: number, data: string) =>
  bot.telegram.send({
    callback_query: {
      ...{ id: `f${userId}`, from: { id: userId, is_bot: false, first_name: 'X' }, chat_instance: '1', data },
      message: { message_id: 1, chat: { id: userId, type: 'private' } },
    },
  });

describe('a question about an unwatched item', () => {
  it('open at every check and after a restart: is asked once of each owner, and of no member', async () => {
    await using bot = await createTestBot();
    const [message] = await asked(bot);
    expect(message?.text).toContain('2.1 GB · added on 1 May 2026 · by Bea');
    expect(message?.keyboard.flat().map(({ text }) => text)).toEqual([words.keep, words.delete, words.later]);
    await bot.hasReadAll();
    await bot.restart({ owners: OWNERS, noticesMs: 30 });
    await bot.hasReadAll();
    for (const owner of OWNERS) expect(bot.said(owner)).toHaveLength(1);
    expect(bot.said(MEMBER).some(({ text }) => text.includes('talk'))).toBe(false);
  });

  it.each(['keep', 'delete', 'later'] as const)(
    'answered with %s: yt-app gets the answer of that owner',
    async (answer) => {
      await using bot = await createTestBot();
      const [message] = await asked(bot);
      bot.telegram.press(700, message?.messageId ?? 0, words[answer]);
      await bot.says(words.answered[answer], 700);
      expect(bot.ytApp.access.answers).toEqual([{ id: question.id, answer, telegramId: 700 }]);
    },
  );

  it('answered by two owners: the first answer counts, and the second one hears it', async () => {
    await using bot = await createTestBot();
    const [first, second] = await asked(bot);
    bot.telegram.press(700, first?.messageId ?? 0, words.keep);
    await bot.says(words.answered.keep, 700);
    bot.telegram.press(701, second?.messageId ?? 0, words.delete);
    await bot.says(words.changed, 701);
    expect(bot.ytApp.access.answers).toMatchObject([{ answer: 'keep', telegramId: 700 }]);
  });

  it('answered after it was withdrawn: says so', async () => {
    await using bot = await createTestBot();
    const [message] = await asked(bot);
    bot.ytApp.access.setQuestions([]);
    bot.telegram.press(700, message?.messageId ?? 0, words.delete);
    await bot.says(words.expired, 700);
    expect(bot.ytApp.access.answers).toEqual([]);
  });

  it('answered by a member with a forged button: is refused', async () => {
    await using bot = await createTestBot();
    await asked(bot);
    bot.telegram.openChat(MEMBER);
    forge(bot, MEMBER, `d:${question.id}`);
    await bot.says('Only the owner can use this.', MEMBER);
    expect(bot.ytApp.access.answers).toEqual([]);
  });

  it('answered while yt-app is away: says so, and the button works when it is back', async () => {
    await using bot = await createTestBot();
    const [message] = await asked(bot);
    await bot.ytApp.down();
    bot.telegram.press(700, message?.messageId ?? 0, words.keep);
    await until(() => bot.said(700).length === 2);
    expect(bot.ytApp.access.answers).toEqual([]);
    await bot.ytApp.up();
    bot.telegram.press(700, message?.messageId ?? 0, words.keep);
    await bot.says(words.answered.keep, 700);
  });
});

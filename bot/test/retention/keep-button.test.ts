import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const { bot: words, problems } = textsOf('en');

async function ready(bot: Awaited<ReturnType<typeof createTestBot>>) {
  bot.start();
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await bot.job(LINK);
  await bot.says('Waiting in the queue');
  bot.ytApp.finish(id);
  return bot.says('✅ Ready');
}

describe('Keep under the message about an item', () => {
  it('pressed: marks the item with the rights of the person, and says how to take the mark back', async () => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot);
    bot.telegram.press(MEMBER, messageId, words.retention.keep);
    await bot.says(words.retention.kept);
    expect(bot.ytApp.access.patches).toEqual([{ body: { isKept: true }, telegramId: MEMBER }]);
  });

  it('that yt-app refuses: shows the reason', async () => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot);
    bot.ytApp.access.refuseCall({ path: /^PATCH /, problem: 'forbidden' });
    bot.telegram.press(MEMBER, messageId, words.retention.keep);
    await bot.says(problems.forbidden.sentence({}));
    expect(bot.ytApp.access.patches).toEqual([]);
  });
});

import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const { bot: words, problems } = textsOf('en');
type TestBot = Awaited<ReturnType<typeof createTestBot>>;

async function ready(bot: TestBot, command = '/dv') {
  bot.start();
  bot.telegram.say(MEMBER, `${command} ${LINK}`);
  const { id } = await bot.job(LINK);
  await bot.says('Waiting in the queue');
  bot.ytApp.finish(id);
  return bot.says('✅ Ready');
}

describe('under the message about a ready video', () => {
  it.each([
    ['Make audio', words.itemJobs.makeAudio, 'https://example.com/of-item/audio'],
    ['Fetch again', words.itemJobs.fetchAgain, 'https://example.com/of-item/fetch'],
  ])('%s: starts a job of the item with the rights of the person', async (_name, button, url) => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot);
    bot.telegram.press(MEMBER, messageId, button);
    await bot.says(words.itemJobs.started);
    expect((await bot.job(url)).fromItem).toMatch(/^\w+$/);
  });

  it('Make audio, when the library has it: says so', async () => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot);
    bot.telegram.press(MEMBER, messageId, words.itemJobs.makeAudio);
    await bot.says(words.itemJobs.started);
    bot.ytApp.finish((await bot.job('https://example.com/of-item/audio')).id);
    bot.telegram.press(MEMBER, messageId, words.itemJobs.makeAudio);
    await bot.says(words.itemJobs.present);
  });

  it('Fetch again, when yt-app refuses: shows the reason', async () => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot);
    bot.ytApp.access.refuseCall({ path: /\/fetch$/, problem: 'source-unknown' });
    bot.telegram.press(MEMBER, messageId, words.itemJobs.fetchAgain);
    await bot.says(problems['source-unknown'].sentence({}));
  });
});

describe('under the message about a ready song', () => {
  it('there are no such buttons', async () => {
    await using bot = await createTestBot();
    const { messageId } = await ready(bot, '/da');
    expect(() => bot.telegram.press(MEMBER, messageId, words.itemJobs.makeAudio)).toThrow();
  });
});

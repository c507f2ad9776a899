import { Problem } from '@linkcast/contracts';
import { until } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const CHANNEL = 'https://example.com/channel';
const { bot: words, problems } = textsOf('en');
type TestBot = Awaited<ReturnType<typeof createTestBot>>;

async function follow(bot: TestBot, button = words.typeName.audio): Promise<void> {
  bot.telegram.say(MEMBER, `/follow ${CHANNEL}`);
  const question = await bot.says(words.following.chooseType);
  const label = buttonsOf(question).find((one) => one.includes(button)) ?? 'no button';
  bot.telegram.press(MEMBER, question.messageId, label);
}

describe('/follow', () => {
  it('with a link: asks for the type, and follows the list in the name of the person', async () => {
    await using bot = await createTestBot();
    bot.start();
    await follow(bot);
    await bot.says(words.following.started('List 1'));
    const person = bot.ytApp.people.get(MEMBER);
    expect(bot.ytApp.following.lists()).toMatchObject([{ url: CHANNEL, type: 'audio', personId: person?.id }]);
  });

  it('without a link: says how', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/follow');
    await bot.says(words.following.how);
  });

  it('of one video: shows the reason', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.access.refuseCall({ path: /^POST \/api\/following$/, problem: 'not-a-list' });
    await follow(bot);
    await bot.says(problems['not-a-list'].sentence({}));
    expect(bot.ytApp.following.lists()).toEqual([]);
  });

  it('while yt-app is away: is repeated, also after a restart of the bot', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/follow ${CHANNEL}`);
    const question = await bot.says(words.following.chooseType);
    await bot.ytApp.down();
    bot.telegram.press(MEMBER, question.messageId, buttonsOf(question)[0] ?? '');
    await until(() => bot.telegram.calls('answerCallbackQuery').length > 0);
    await bot.restart();
    await bot.ytApp.up();
    await bot.says(words.following.started('List 1'));
    expect(bot.ytApp.following.lists()).toHaveLength(1);
  });
});

describe('/following', () => {
  it('without a list: says so', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/following');
    await bot.says(words.following.none);
  });

  it('shows each list with its state; its buttons pause, continue and end it', async () => {
    await using bot = await createTestBot();
    bot.start();
    await follow(bot);
    await bot.says(words.following.started('List 1'));
    const [list] = bot.ytApp.following.lists();
    const problem = new Problem('source-private').toDocument();
    bot.ytApp.following.change(list?.id ?? '', { problem, waiting: 2 });
    const press = async (label: string, answer: string): Promise<void> => {
      bot.telegram.say(MEMBER, '/following');
      const { messageId } = await until(() => {
        const shown = bot.said().findLast((one) => one.text.includes(words.following.heading));
        if (!shown || !buttonsOf(shown).includes(label)) throw new Error(`no button ${label}`);
        return shown;
      });
      bot.telegram.press(MEMBER, messageId, label);
      await bot.says(answer);
    };
    await press(`${words.following.pause} 1`, words.following.wasPaused('List 1'));
    const shown = await bot.says(words.following.heading);
    expect(shown.text).toContain(problems['source-private'].sentence({}));
    expect(shown.text).toContain(words.following.waiting(2));
    await press(`${words.following.go} 1`, words.following.continued('List 1'));
    await press(`${words.following.stop} 1`, words.following.stopped);
    expect(bot.ytApp.following.lists()).toEqual([]);
  });
});

describe('a list that was paused by itself', () => {
  it('is reported to its person, once, with the reason', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    const personId = bot.ytApp.people.get(MEMBER)?.id ?? '';
    bot.ytApp.giveUp('a-list', personId, 'source-not-found');
    bot.ytApp.giveUp('of-nobody', 'unknown', 'source-private');
    await bot.says(words.following.givenUp('Talks', problems['source-not-found'].sentence({})));
    await bot.restart();
    await bot.hasReadAll();
    expect(bot.said().filter(({ text }) => text.includes('Talks'))).toHaveLength(1);
  });
});

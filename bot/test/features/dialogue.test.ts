import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';

describe('a private chat', () => {
  it('/start: is answered with a greeting that lists the commands, and the command menu lists them too', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/start');
    const greeting = await bot.says('Linkcast');
    for (const command of ['/dv', '/da', '/cancel', '/help']) expect(greeting.text).toContain(command);
    const [menu] = bot.telegram.calls('setMyCommands');
    expect(menu?.parameters['commands']).toMatchObject([
      { command: 'dv' },
      { command: 'da' },
      { command: 'follow' },
      { command: 'following' },
      { command: 'signin' },
      { command: 'signout' },
      { command: 'reports' },
      { command: 'lang' },
      { command: 'cancel' },
      { command: 'help' },
      { command: 'start' },
    ]);
  });

  it('/help: is answered with an explanation of the commands', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    expect((await bot.says('Paste a link')).text).toContain('/da');
  });

  it('/dv without a link: the bot requests one, and the next link is submitted as video', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/dv');
    await bot.says('Send the link of the video.');
    const messageId = bot.telegram.say(MEMBER, LINK);
    await bot.job(LINK);
    const key = `tg${bot.botId}-${MEMBER}-${messageId}`;
    expect(bot.ytApp.submissions).toEqual([{ url: LINK, type: 'video', key, playlist: 'ask' }]);
  });

  it('/da after /dv: replaces it, and the next link is submitted as audio', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/dv');
    bot.telegram.say(MEMBER, '/da');
    await bot.says('Send the link of the music');
    bot.telegram.say(MEMBER, LINK);
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it('/cancel after /dv: ends the dialogue, and a second /cancel reports that there is nothing to cancel', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/dv');
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('Cancelled.');
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('There is nothing to cancel');
    bot.telegram.say(MEMBER, LINK);
    await bot.says('Video or audio?');
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('a text without a link after /dv: the bot requests a link again, and the dialogue stays open', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/dv');
    bot.telegram.say(MEMBER, 'what do you mean?');
    await bot.says('There is no link in your message');
    bot.telegram.say(MEMBER, LINK);
    await bot.job(LINK);
  });

  it('a restart of the bot after /da: the dialogue stays open, and the next link is submitted as audio', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/da');
    await bot.says('Send the link of the music');
    await bot.restart();
    bot.telegram.say(MEMBER, LINK);
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it('/dv with a link: the bot replies to the message with a status message, and submits the link as video', async () => {
    await using bot = await createTestBot();
    bot.start();
    const asked = bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await bot.says(LINK);
    expect(status.replyTo).toBe(asked);
    expect(buttonsOf(status)).toEqual(['Cancel']);
    expect((await bot.job(LINK)).type).toBe('video');
  });

  it('/da in reply to a message with a link: that link is submitted as audio', async () => {
    await using bot = await createTestBot();
    bot.start();
    const reply = { message_id: 1, chat: { id: MEMBER, type: 'private' }, date: 1, text: `look: ${LINK}` };
    bot.telegram.say(MEMBER, '/da', { members: { reply_to_message: reply } });
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it('a text without a link outside a dialogue: is answered with a hint', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, 'hello <b>bot</b>');
    await bot.says('Send me a link, or /help.');
  });
});

describe('a pasted link', () => {
  it('within a sentence: is answered with two buttons whose data omits the link; the pressed one submits it, and the question becomes the status message', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `look at ${LINK}, it is great`);
    const question = await bot.says('Video or audio?');
    expect(buttonsOf(question)).toEqual(['🎬 Video', '🎵 Audio']);
    expect(JSON.stringify(question.keyboard)).not.toContain('example');
    const query = bot.telegram.press(MEMBER, question.messageId, 'Audio');
    const job = await bot.job(LINK);
    expect(job.type).toBe('audio');
    expect(bot.ytApp.submissions[0]?.key).toBe(`tg${bot.botId}-${MEMBER}-${question.messageId}`);
    const status = await bot.says('Waiting in the queue');
    expect(status.messageId).toBe(question.messageId);
    await until(() =>
      bot.telegram.calls('answerCallbackQuery').some((call) => call.parameters['callback_query_id'] === query),
    );
  });

  it('with both of its buttons pressed: is submitted once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, LINK);
    const question = await bot.says('Video or audio?');
    bot.telegram.press(MEMBER, question.messageId, 'Video');
    bot.telegram.press(MEMBER, question.messageId, 'Audio');
    await bot.job(LINK);
    await bot.hasReadAll();
    expect(bot.ytApp.submissions).toHaveLength(1);
  });

  it('in a caption or behind a linked word: is found and answered', async () => {
    await using bot = await createTestBot();
    bot.start();
    const entities = [{ type: 'text_link', offset: 0, length: 4, url: 'https://example.com/hidden' }];
    bot.telegram.say(MEMBER, 'this', { members: { entities } });
    await bot.says('https://example.com/hidden');
    bot.telegram.say(MEMBER, '', { members: { text: undefined, caption: `a photo, ${LINK}`, photo: [] } });
    await bot.says(LINK);
  });

  it('in a message with seven links: five get a question each, and a sentence states the limit', async () => {
    await using bot = await createTestBot();
    bot.start();
    const links = Array.from({ length: 7 }, (_, index) => `https://example.com/${index}`);
    bot.telegram.say(MEMBER, links.join(' '));
    await bot.says('I take at most 5 links per message');
    expect(bot.said().filter((message) => message.text.startsWith('Video or audio?'))).toHaveLength(5);
  });

  it('after /da together with a second link: each becomes a job with its own key', async () => {
    await using bot = await createTestBot();
    bot.start();
    const id = bot.telegram.say(MEMBER, '/da https://example.com/1 https://example.com/2');
    await bot.job('https://example.com/2');
    expect(bot.ytApp.submissions.map(({ key }) => key).sort()).toEqual([
      `tg${bot.botId}-${MEMBER}-${id}`,
      `tg${bot.botId}-${MEMBER}-${id}-1`,
    ]);
  });
});

describe('a group chat', () => {
  const GROUP = -1001234;

  it('messages of a member: commands for this bot are answered, other texts and commands are not', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, LINK, { chatId: GROUP });
    bot.telegram.say(MEMBER, '/dv', { chatId: GROUP });
    await bot.says('send the link in the same line', GROUP);
    bot.telegram.say(MEMBER, `/dv@${bot.telegram.username} ${LINK}`, { chatId: GROUP });
    bot.telegram.say(MEMBER, `/dv@other_bot https://example.com/not-ours`, { chatId: GROUP });
    await bot.says(LINK, GROUP);
    await bot.hasReadAll();
    expect(bot.ytApp.submissions.map(({ url }) => url)).toEqual([LINK]);
    expect(bot.said(GROUP)).toHaveLength(2);
  });

  it('a command of a stranger: gets no answer and submits nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(999, `/dv ${LINK}`, { chatId: GROUP });
    await bot.hasReadAll();
    expect(bot.said(GROUP)).toEqual([]);
    expect(bot.ytApp.submissions).toEqual([]);
  });
});

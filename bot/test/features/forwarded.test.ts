import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const GROUP = -1001234;
const OTHER = { id: 77, is_bot: false, first_name: 'Other' };
const CHANNEL = { id: -1005, type: 'channel', title: 'C' };
const OTHER_BOT = { id: 78, is_bot: true, first_name: 'Bot', username: 'pic' };

/** The members that Telegram adds to a message whose text its sender did not write. */
const MARKS: readonly [string, Record<string, unknown>][] = [
  ['forwarded from a person', { forward_origin: { type: 'user', date: 1, sender_user: OTHER } }],
  ['forwarded from a hidden person', { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'x' } }],
  ['forwarded from a channel', { forward_origin: { type: 'channel', date: 1, chat: CHANNEL, message_id: 1 } }],
  ['forwarded in a way of next year', { forward_origin: { type: 'of next year' } }],
  ['forwarded from a person, in the old form', { forward_from: OTHER, forward_date: 1 }],
  ['forwarded from a channel, in the old form', { forward_from_chat: CHANNEL, forward_date: 1 }],
  ['forwarded from a hidden person, in the old form', { forward_sender_name: 'x', forward_date: 1 }],
  ['forwarded by Telegram itself', { is_automatic_forward: true }],
  ['of an inline bot', { via_bot: OTHER_BOT }],
];
const forwarded = { members: MARKS[0]?.[1] ?? {} };

describe('a command that the person did not write', () => {
  it.each(MARKS)('%s: does not run, and its link is treated like a pasted link', async (_name, members) => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`, { members });
    const question = await bot.says('Video or audio?');
    expect(question.text).toContain(LINK);
    expect(buttonsOf(question)).toEqual(['🎬 Video', '🎵 Audio']);
    expect(bot.ytApp.submissions).toEqual([]);
    bot.telegram.press(MEMBER, question.messageId, 'Audio');
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it.each(['/start', '/help', '/signin', '/signout', '/stats', '/cancel', '/dv', '/da', '/dv@linkcast_bot'])(
    'forwarded %s: does not run, and is answered with the hint for other texts',
    async (command) => {
      await using bot = await createTestBot();
      bot.start({ owners: [MEMBER] });
      bot.telegram.say(MEMBER, command, forwarded);
      await bot.says('Send me a link, or /help.');
      expect(bot.said()).toHaveLength(1);
      expect(bot.ytApp.access.codes).toEqual([]);
    },
  );

  it('forwarded /cancel: leaves the dialogue open, and the next forwarded link is submitted', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/da');
    await bot.says('Send the link of the music');
    bot.telegram.say(MEMBER, '/cancel', forwarded);
    await bot.says('There is no link in your message');
    bot.telegram.say(MEMBER, `/dv ${LINK}`, forwarded);
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it('forwarded to a group, with or without the name of the bot: gets no answer and submits nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (const text of [`/dv ${LINK}`, `/dv@${bot.telegram.username} ${LINK}`, `/signout`, LINK])
      bot.telegram.say(MEMBER, text, { chatId: GROUP, ...forwarded });
    await bot.hasReadAll();
    expect(bot.said(GROUP)).toEqual([]);
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('forwarded in a caption: does not run, and its link is treated like a pasted link', async () => {
    await using bot = await createTestBot();
    bot.start();
    const entities = [{ type: 'bot_command', offset: 0, length: 3 }];
    const members = { text: undefined, caption: `/dv ${LINK}`, caption_entities: entities, photo: [] };
    bot.telegram.say(MEMBER, '', { members: { ...members, ...forwarded.members } });
    await bot.says('Video or audio?');
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('forwarded, in an edited message or a channel post: has no effect', async () => {
    await using bot = await createTestBot();
    bot.start();
    const from = { id: MEMBER, is_bot: false, first_name: 'M' };
    const entities = [{ type: 'bot_command', offset: 0, length: 3 }];
    const message = { message_id: 40, from, date: 1, text: `/dv ${LINK}`, entities, ...forwarded.members };
    const chat = { id: MEMBER, type: 'private' };
    bot.telegram.send({ edited_message: { ...message, chat, edit_date: 2 } }, { force: true });
    bot.telegram.send({ channel_post: { ...message, chat: CHANNEL } }, { force: true });
    bot.telegram.send({ message: { ...message, chat: CHANNEL } }, { force: true });
    await bot.hasReadAll();
    expect(bot.said().filter(({ text }) => text.includes(LINK))).toEqual([]);
    expect(bot.ytApp.submissions).toEqual([]);
  });
});

describe('a reply to a forwarded command', () => {
  const forwardedReply = {
    ...{ message_id: 1, chat: { id: MEMBER, type: 'private' }, date: 1, text: `/dv ${LINK}` },
    ...forwarded.members,
  };

  it('with /da as its text: submits the link of the forwarded message as audio', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/da', { members: { reply_to_message: forwardedReply } });
    expect((await bot.job(LINK)).type).toBe('audio');
  });

  it('with plain text that quotes the command: submits nothing, and is answered with the hint for other texts', async () => {
    await using bot = await createTestBot();
    bot.start();
    const quote = { text: `/dv ${LINK}`, position: 0, is_manual: true };
    bot.telegram.say(MEMBER, 'what is that?', { members: { reply_to_message: forwardedReply, quote } });
    await bot.says('Send me a link, or /help.');
    expect(bot.ytApp.submissions).toEqual([]);
  });
});

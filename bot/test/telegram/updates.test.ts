import { until } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBotDatabase } from '../../src/bot-database.ts';
import { SERVICE_KEY, createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const member = { id: MEMBER, is_bot: false, first_name: 'M' };
const chat = { id: MEMBER, type: 'private' };

describe('updates', () => {
  it('delivered twice, also after a restart: make one job and one answer', async () => {
    await using bot = await createTestBot();
    bot.start();
    const message = { message_id: 40, from: member, chat, date: 1, text: `/dv ${LINK}`, entities: [command(3)] };
    bot.telegram.openChat(MEMBER);
    const updateId = bot.telegram.send({ message });
    bot.telegram.send({ message, update_id: updateId }, { force: true });
    await bot.job(LINK);
    await bot.restart();
    bot.telegram.send({ message, update_id: updateId }, { force: true });
    await bot.hasReadAll();
    expect(bot.ytApp.jobs()).toHaveLength(1);
    expect(new Set(bot.ytApp.submissions.map(({ key }) => key)).size).toBe(1);
    expect(bot.said().filter((one) => one.text.includes(LINK))).toHaveLength(1);
  });

  it('malformed or of an unsupported kind: are skipped without an effect', async () => {
    await using bot = await createTestBot();
    bot.start();
    const message = { message_id: 40, from: member, chat, date: 1, text: `/dv ${LINK}`, entities: [command(3)] };
    const channel = { id: -1005, type: 'channel', title: 'C' };
    const odd: Record<string, unknown>[] = [
      { edited_message: { ...message, edit_date: 2 } },
      { channel_post: { ...message, from: undefined, sender_chat: channel, chat: channel } },
      { edited_channel_post: { ...message, from: undefined, chat: channel } },
      { my_chat_member: { chat, from: member, date: 1, old_chat_member: {}, new_chat_member: { status: 'kicked' } } },
      { poll: { id: '1', question: 'Q', options: [] } },
      { poll_answer: { poll_id: '1', user: member, option_ids: [0] } },
      { inline_query: { id: '1', from: member, query: LINK, offset: '' } },
      { message_reaction: { chat, message_id: 1, user: member, date: 1, old_reaction: [], new_reaction: [] } },
      { chat_join_request: { chat, from: member, date: 1 } },
      { purchased_paid_media: { from: member } },
      { kind_of_next_year: { anything: [1, 2, { three: null }] } },
      { message: { ...message, from: { ...member, is_bot: true } } },
      { message: { ...message, from: { id: 'x' } } },
      { message: {} },
      { message: null },
      { message: 'text' },
      { message: { message_id: 1, chat, from: member } },
      { message: { message_id: 1, chat, from: member, text: 7 } },
      {
        message: {
          message_id: 1,
          chat,
          from: member,
          text: '/dv',
          entities: [{ type: 'url', offset: -5, length: 1e9 }],
        },
      },
      { callback_query: { id: '1', from: member, data: 'c:99999999999999999' } },
      { callback_query: { id: '2', from: member, data: '💥'.repeat(16), message: { message_id: 1, chat } } },
      { callback_query: { id: '3', from: member, game_short_name: 'g', message: { message_id: 1, chat } } },
      { callback_query: null },
      {},
    ];
    for (const update of odd) bot.telegram.send(update, { force: true });
    await bot.hasReadAll();
    expect(bot.ytApp.submissions).toEqual([]);
    expect(bot.log()).not.toContain('could not be handled');
  });

  it('polled by the bot: are limited to messages and button presses', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    expect(bot.telegram.calls('getUpdates')[0]?.parameters['allowed_updates']).toEqual(['message', 'callback_query']);
  });

  it('failing in the database: are handled again, not lost', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    const other = openBotDatabase(path.join(bot.folder, 'bot.sqlite'));
    other.exec("CREATE TRIGGER full BEFORE INSERT ON requests BEGIN SELECT RAISE(FAIL, 'disk is full'); END");
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await until(() => bot.log().includes('could not be handled'));
    other.exec('DROP TRIGGER full');
    other.close();
    await bot.job(LINK);
  });
});

describe('secrets', () => {
  it('after HTML answers, broken connections and an outage of yt-app: are in no log line and in no file', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(700, `/start ${OWNER_CODE}`);
    await bot.says('You are now an owner', 700);
    bot.telegram.fail({ kind: 'html', status: 404, times: 2 });
    bot.telegram.fail({ kind: 'html', status: 502, times: 2 });
    bot.telegram.fail({ kind: 'reset', times: 2 });
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    await bot.job(LINK);
    await bot.ytApp.down();
    await until(() => bot.log().includes('events of yt-app are lost'));
    await bot.ytApp.up();
    await bot.hasReadAll();
    await bot.stop();
    const files = await readdir(bot.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(bot.folder, file), 'latin1')));
    const secretPart = bot.telegram.token.split(':')[1] ?? '';
    for (const text of [bot.log(), ...contents]) {
      for (const secret of [secretPart, SERVICE_KEY, OWNER_CODE]) expect(text.includes(secret)).toBe(false);
    }
    expect(bot.log()).toContain('telegram');
  });
});

function command(length: number) {
  return { type: 'bot_command', offset: 0, length };
}

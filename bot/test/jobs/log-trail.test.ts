import { until } from '@linkcast/testing';
import { expect, it } from 'vitest';
import { openBotDatabase } from '../../src/bot-database.ts';
import { createProcessedUpdates } from '../../src/features/processed-updates.ts';
import type { PersonUpdate } from '../../src/telegram/person-update.ts';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
type Line = Readonly<Record<string, unknown>>;

const UPDATE: PersonUpdate = {
  ...{ kind: 'press', updateId: 1, userId: MEMBER, name: 'Anna', languageCode: undefined, chatId: MEMBER },
  ...{ messageId: 1, isPrivate: true, queryId: '1', data: '' },
};

/** The lines of a request, in their order. */
function trailOf(lines: readonly string[]): Line[] {
  const messages = ['link received', 'request submitted', 'request ended', 'request delivered'];
  return lines.map((line) => JSON.parse(line) as Line).filter(({ msg }) => messages.includes(String(msg)));
}
const messagesOf = (lines: readonly string[]) => trailOf(lines).map(({ msg }) => msg);

it('a link, from its message to its end in the chat: has one line for each event, with message and job', async () => {
  await using bot = await createTestBot();
  bot.start();
  const said = bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await bot.job(LINK);
  bot.ytApp.download(id, 0.5, { playable: true });
  await bot.says('Watch now');
  bot.ytApp.finish(id);
  const { messageId } = await bot.says('✅ Ready');
  await until(() => messagesOf(bot.lines).includes('request delivered'));
  const requestId = `tg${bot.botId}-${MEMBER}-${said}`;
  expect(trailOf(bot.lines)).toMatchObject([
    { msg: 'link received', requestId, chatId: MEMBER, messageId: said, type: 'video' },
    { msg: 'request submitted', requestId, jobId: id, chatId: MEMBER, messageId: said },
    { msg: 'request ended', requestId, jobId: id, ending: 'ready' },
    {
      ...{ msg: 'request delivered', requestId, jobId: id, ending: 'ready', chatId: MEMBER, messageId },
      mediaId: bot.ytApp.finished(id).mediaId,
    },
  ]);
  expect(bot.log()).not.toContain(LINK);

  bot.telegram.press(MEMBER, messageId, 'Share');
  await bot.says('/s/');
  await bot.restart();
  bot.telegram.press(MEMBER, messageId, 'Stop sharing');
  await until(() => bot.said().every(({ text }) => !text.includes('/s/')));
  await bot.hasReadAll();
  expect(messagesOf(bot.lines)).toHaveLength(4); // the end was delivered once
});

it('a link chosen by a button, whose job fails and is tried again: has a line for each time its end is shown', async () => {
  await using bot = await createTestBot();
  bot.start();
  bot.telegram.say(MEMBER, LINK);
  const { messageId } = await bot.says('Video or audio?');
  bot.telegram.press(MEMBER, messageId, 'Video');
  const { id } = await bot.job(LINK);
  await bot.says('Waiting in the queue');
  bot.ytApp.fail(id, 'source-stalled');
  await until(() => bot.said().some(({ keyboard }) => keyboard.flat().some(({ text }) => text === 'Retry')));
  await until(() => messagesOf(bot.lines).includes('request delivered'));
  bot.telegram.press(MEMBER, messageId, 'Retry');
  await until(() => bot.ytApp.jobs()[0]?.state === 'queued');
  await bot.says('Waiting in the queue');
  bot.ytApp.finish(id);
  await until(() => messagesOf(bot.lines).filter((msg) => msg === 'request delivered').length === 2);
  expect(trailOf(bot.lines)).toMatchObject([
    { msg: 'link received', messageId },
    { msg: 'request submitted', jobId: id },
    { msg: 'request ended', ending: 'failed' },
    { msg: 'request delivered', ending: 'failed' },
    { msg: 'request ended', ending: 'ready' },
    { msg: 'request delivered', ending: 'ready' },
  ]);
});

it('an update whose changes are undone: has no line, and has it when it is handled again', () => {
  const database = openBotDatabase(':memory:');
  const calls: string[] = [];
  const updates = createProcessedUpdates({ database, botId: 1, onCommit: () => calls.push('committed') });
  const handle = (isFailing: boolean) => () =>
    updates.runOnce(UPDATE, () => {
      updates.afterCommit(() => calls.push('line'));
      if (isFailing) throw new Error('undone');
    });
  expect(handle(true)).toThrow('undone');
  expect(calls).toEqual([]);
  handle(false)();
  handle(false)(); // Telegram delivers it twice
  expect(calls).toEqual(['line', 'committed']);
  database.close();
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '@linkcast/testing';
import { expect, it } from 'vitest';
import { createTestBot, MEMBER } from './test-bot.ts';

const [FIRST, SECOND] = ['https://example.com/first', 'https://example.com/second'];
const READY = '✅ Ready';
const PAGE_BYTES = 4096;

async function bringIn(bot: Awaited<ReturnType<typeof createTestBot>>, link: string): Promise<void> {
  bot.telegram.say(MEMBER, `/dv ${link}`);
  const { id } = await bot.job(link);
  await bot.says('Waiting in the queue');
  bot.ytApp.finish(id);
  await until(() => bot.said().at(-1)?.text.includes(READY));
}

it('a damaged database: is set aside, the bot goes on with a new one, and reports no earlier end again', async () => {
  await using bot = await createTestBot();
  bot.start();
  await bringIn(bot, FIRST);
  await bot.stop();
  const file = path.join(bot.folder, 'bot.sqlite');
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0x55, PAGE_BYTES));

  bot.start();
  await bot.hasReadAll();
  expect((await readdir(bot.folder)).filter((name) => name.startsWith('bot.sqlite.damaged-'))).toHaveLength(1);
  expect(bot.log()).toContain('database damaged');
  await bringIn(bot, SECOND);
  expect(bot.said().filter(({ text }) => text.includes(READY))).toHaveLength(2);
});

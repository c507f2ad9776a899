import type { TriedWays } from '@linkcast/contracts';
import { textsOf, triedSentence, type Language } from '@linkcast/texts';
import { expect, test } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const FAILED: TriedWays = [
  { way: 'direct', problem: 'source-refused' },
  { way: 'office', problem: 'outbound-proxy-failed' },
];
const WORKED: TriedWays = [...FAILED, { way: 'home', problem: null }];

test.each([
  ['en', 'Tried: direct: Refused by the source; office: Outbound proxy does not work.'],
  ['es', 'Se probó: direct: Rechazado por la fuente; office: El proxy de salida no funciona.'],
  ['ru', 'Испробовано: direct: Источник отказал; office: Исходящий прокси не работает.'],
] as const)('a failed job in %s: names the ways that were tried', async (language, sentence) => {
  const texts = textsOf(language);
  await using bot = await createTestBot();
  const job = await send(bot, language);
  bot.ytApp.fail(job, 'outbound-proxy-failed', FAILED);
  const { text } = await bot.says(texts.problems['outbound-proxy-failed'].sentence({}));
  expect(text).toContain(sentence);
});

test.each(['en', 'es', 'ru'] as const)(
  'a job that was ready by a later way, in %s: says by which',
  async (language) => {
    const texts = textsOf(language);
    await using bot = await createTestBot();
    const job = await send(bot, language);
    bot.ytApp.finish(job, { tried: WORKED });
    const { text } = await bot.says(texts.bot.phase.ready);
    expect(text).toContain(triedSentence(WORKED, texts.bot.tried, texts.problems));
    expect(text).toContain('home');
  },
);

test('a job that was ready by the first way, or without a profile: says nothing about ways', () => {
  const { bot, problems } = textsOf('en');
  expect(triedSentence([], bot.tried, problems)).toBe('');
  expect(triedSentence([{ way: 'home', problem: null }], bot.tried, problems)).toBe('');
});

/** Sends a link as a person who speaks a language. @returns the id of its job. */
async function send(bot: Awaited<ReturnType<typeof createTestBot>>, language: Language): Promise<string> {
  bot.telegram.setLanguage(MEMBER, language);
  bot.start();
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await bot.job(LINK);
  await bot.says(textsOf(language).bot.phase.queued);
  return id;
}

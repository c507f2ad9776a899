import type { TriedWays } from '@linkcast/contracts';
import { textsOf, triedSentence, type Language } from '@linkcast/texts';
import { expect, test } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const FAILED: TriedWays = [
  { way: 'direct', problem: 'source-refused' },
  { way: 'office & co', problem: 'outbound-proxy-failed' },
];
const WORKED: TriedWays = [...FAILED, { way: 'home', problem: null }];

test.each([
  ['en', 'Tried: direct: Refused by the source; office & co: Outbound proxy does not work.'],
  ['es', 'Se probó: direct: Rechazado por la fuente; office & co: El proxy de salida no funciona.'],
  ['ru', 'Испробовано: direct: Источник отказал; office & co: Исходящий прокси не работает.'],
] as const)('a failed job in %s: names the ways that were tried', async (language, sentence) => {
  const { bot, job, texts } = await sent(language);
  await using _closing = bot;
  bot.ytApp.fail(job, 'outbound-proxy-failed', FAILED);
  const { text } = await bot.says(texts.problems['outbound-proxy-failed'].sentence({}));
  expect(text).toContain(sentence);
});

test.each(['en', 'es', 'ru'] as const)(
  'a job that was ready by a later way, in %s: says by which',
  async (language) => {
    const { bot, job, texts } = await sent(language);
    await using _closing = bot;
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

/** A job of a person who speaks a language. */
async function sent(language: Language) {
  const texts = textsOf(language);
  const bot = await createTestBot();
  bot.telegram.setLanguage(MEMBER, language);
  bot.start();
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id: job } = await bot.job(LINK);
  return { bot, job, texts };
}

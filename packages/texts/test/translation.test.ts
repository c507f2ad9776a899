import { expect, test } from 'vitest';
import type { Translation } from '../src/translation.ts';

type Translated = Translation<{ title: string; nested: { left: (seconds: number) => string } }>;

test('a text that is missing, surplus, misspelt or takes other facts: does not compile', () => {
  const spanish = { title: 'Título', nested: { left: (seconds) => `faltan ${seconds}` } } satisfies Translated;
  // @ts-expect-error a text is missing
  const missing = { title: 'Título', nested: {} } satisfies Translated;
  // @ts-expect-error a text is surplus
  const surplus = { title: 'Título', nested: { left: () => 'x', right: 'x' } } satisfies Translated;
  // @ts-expect-error a text is misspelt
  const misspelt = { titel: 'Título', nested: { left: () => 'x' } } satisfies Translated;
  // @ts-expect-error it takes other facts
  const other = { title: 'Título', nested: { left: (seconds: string) => seconds } } satisfies Translated;
  expect([spanish, missing, surplus, misspelt, other]).toHaveLength(5);
});

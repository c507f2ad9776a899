import { expect, test } from 'vitest';
import type { Translation } from '../src/translation.ts';

const english = {
  title: 'Title',
  nested: { left: (seconds: number) => `${seconds} left` },
};
type Translated = Translation<typeof english>;

test('a text that is missing, surplus, misspelt or takes other facts does not compile', () => {
  const spanish = { title: 'Título', nested: { left: (seconds) => `faltan ${seconds}` } } satisfies Translated;
  // @ts-expect-error missing
  const missing = { title: 'Título', nested: {} } satisfies Translated;
  // @ts-expect-error surplus
  const surplus = { title: 'Título', nested: { left: () => 'x', right: 'x' } } satisfies Translated;
  // @ts-expect-error misspelt
  const misspelt = { titel: 'Título', nested: { left: () => 'x' } } satisfies Translated;
  // @ts-expect-error other facts
  const other = { title: 'Título', nested: { left: (seconds: string) => seconds } } satisfies Translated;
  expect([spanish, missing, surplus, misspelt, other]).toHaveLength(5);
});

import { expect, test } from 'vitest';
import { findUntranslated } from '../../src/house/untranslated-texts.ts';

const english = {
  name: 'Linkcast',
  unit: 'MB',
  nested: { cancel: 'Cancel', jobs: (count: number) => `${count} jobs waiting` },
  pass: (text: string) => text,
};
const sameOnPurpose = new Set(['name']);

test('a translated catalogue: nothing is reported', () => {
  const translated = {
    ...english,
    nested: { cancel: 'Cancelar', jobs: (count: number) => `${count} tareas en espera` },
  };
  expect(findUntranslated({ english, translated, sameOnPurpose })).toEqual([]);
});

test('copied texts: are reported by their paths, also those with facts', () => {
  const found = findUntranslated({ english, translated: english, sameOnPurpose });
  expect(found).toEqual(['nested.cancel', 'nested.jobs']);
});

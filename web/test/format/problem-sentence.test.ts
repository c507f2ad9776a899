import { Problem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { problemSentence } from '../../src/format/problem-sentence.ts';
import { english } from '../support/english.ts';

test('a problem with a sentence in another language: is worded from its code, in the language of the page', () => {
  const document = new Problem('source-private').toDocument({ title: 'Privado', sentence: 'El video es privado.' });
  expect(problemSentence(document, english)).toBe(english.problems['source-private'].sentence({}));
});

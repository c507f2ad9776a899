import { Problem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { problemSentence } from '../../src/format/problem-sentence.ts';
import { english } from '../support/english.ts';

test('the sentence comes from the code and the facts, not from the sentence of the server', () => {
  const document = new Problem('source-private').toDocument({ title: 'Privado', sentence: 'El video es privado.' });
  expect(problemSentence(document, english)).toBe(english.problems['source-private'].sentence({}));
});

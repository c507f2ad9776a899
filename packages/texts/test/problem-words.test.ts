import { expect, test } from 'vitest';
import { Problem } from '@linkcast/contracts';
import { problemWords } from '../src/index.ts';

test('a problem with a limit: has it in its sentence, in each language', () => {
  const problem = new Problem('too-large', { limit: { kind: 'size', bytes: 8.5e9 } });
  expect(problemWords(problem).sentence).toBe('This is larger than the limit of 8.5 GB.');
  expect(problemWords(problem, 'es').sentence).toBe('Esto supera el tamaño máximo (límite: 8,5 GB).');
  expect(problemWords(problem, 'ru').sentence).toBe('Запись больше допустимого (предел: 8,5 ГБ).');
});

test('a problem without facts: has a complete sentence', () => {
  expect(problemWords({ code: 'too-long' }).sentence).toBe('This is longer than the limit.');
});

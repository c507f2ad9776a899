import { beforeEach, expect, test } from 'vitest';
import { createResumePositions } from '../../src/stores/resume-positions.ts';

let stored: string | null;
const storage = {
  getItem: () => stored,
  setItem: (_: string, value: string) => {
    stored = value;
  },
};
beforeEach(() => {
  stored = null;
});

test('a place in the middle is remembered, the first seconds and the end are not', () => {
  const positions = createResumePositions(() => storage);
  positions.keep('a', 300, 600);
  expect(positions.get('a')).toBe(300);
  expect(positions.ratio('a')).toBe(0.5);
  positions.keep('a', 599, 600);
  expect(positions.get('a')).toBe(0);
  positions.keep('b', 4, 600);
  expect(positions.get('b')).toBe(0);
});

test('the oldest places are forgotten when there are too many', () => {
  const positions = createResumePositions(() => storage);
  for (let index = 0; index < 310; index++) positions.keep(`item${index}`, 100, 200);
  expect(positions.get('item0')).toBe(0);
  expect(positions.get('item309')).toBe(100);
});

test.each(['not json', '[]', '{"a":{"at":"x","of":1}}', '{"a":null}', 'null'])(
  'storage that holds %s counts as empty',
  (text) => {
    stored = text;
    expect(createResumePositions(() => storage).get('a')).toBe(0);
  },
);

test('a browser that refuses storage remembers nothing, and plays', () => {
  const positions = createResumePositions(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  positions.keep('a', 300, 600);
  expect(positions.get('a')).toBe(0);
});

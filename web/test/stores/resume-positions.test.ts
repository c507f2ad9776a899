import { beforeEach, expect, test } from 'vitest';
import { createResumePositions } from '../../src/stores/positions/resume-positions.ts';

let stored: string | null;
const storage = {
  getItem: () => stored,
  setItem: (_: string, value: string) => {
    stored = value;
  },
  removeItem: () => {
    stored = null;
  },
};
beforeEach(() => {
  stored = null;
});

test('a position in the middle: is stored; one near the start or the end: is not', () => {
  const positions = createResumePositions(() => storage);
  positions.set('a', 300, 600);
  expect(positions.get('a')).toBe(300);
  positions.set('a', 599, 600);
  expect(positions.get('a')).toBe(0);
  positions.set('b', 4, 600);
  expect(positions.get('b')).toBe(0);
});

test('more than 300 positions: the oldest are removed', () => {
  const positions = createResumePositions(() => storage);
  for (let index = 0; index < 310; index++) positions.set(`item${index}`, 100, 200);
  expect(positions.get('item0')).toBe(0);
  expect(positions.get('item309')).toBe(100);
});

test('cleared positions: are none', () => {
  const positions = createResumePositions(() => storage);
  positions.set('a', 300, 600);
  expect(positions.all()).toEqual(new Map([['a', 300]]));
  positions.clear();
  expect([positions.all(), stored]).toEqual([new Map(), null]);
});

test.each(['not json', '[]', '{"a":{"at":"x","of":1}}', '{"a":null}', 'null'])(
  'storage with %s: is read as empty',
  (text) => {
    stored = text;
    expect(createResumePositions(() => storage).get('a')).toBe(0);
  },
);

test('a browser that refuses storage: set and get do not throw, and the position is 0', () => {
  const positions = createResumePositions(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  positions.set('a', 300, 600);
  expect(positions.get('a')).toBe(0);
});

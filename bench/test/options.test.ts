import { expect, test } from 'vitest';
import { parseOptions } from '../src/options.ts';

test('no options: give one run with the full source', () => {
  expect(parseOptions([])).toEqual({ runs: 1, sourceSeconds: 600, isQuick: false });
});

test('--only, --runs and --quick: are read', () => {
  expect(parseOptions(['--only', 'edge', '--runs', '3', '--quick'])).toEqual({
    only: 'edge',
    runs: 3,
    sourceSeconds: 120,
    isQuick: true,
  });
});

test.each(['pipeline', 'edge', 'memory', 'store'])('--only %s: is accepted', (only) => {
  expect(parseOptions(['--only', only]).only).toBe(only);
});

test.each([['--only', 'web'], ['--runs', '0'], ['--runs', '1.5'], ['--runs', 'many'], ['--fast'], ['word']])(
  '%s %s: is refused',
  (...args) => {
    expect(() => parseOptions(args)).toThrow(TypeError);
  },
);

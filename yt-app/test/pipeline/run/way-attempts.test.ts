import { isProblem, Problem, type ProblemType, type TriedWays, type WorkWay } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { tryWays } from '../../../src/pipeline/run/way-attempts.ts';

const wayOf = (name: string, attempts = 1): WorkWay => ({
  ...{
    name,
    attempts,
    proxyUrl: 'http://proxy',
    cookies: false,
    extractorArguments: {},
    formats: 'any',
    requestGap: 0,
  },
});

/** Tries ways that fail with these problems, one of each attempt; null: it succeeds. */
async function attempt(
  ways: readonly WorkWay[],
  outcomes: readonly (ProblemType | null | Error)[],
  signal?: AbortSignal,
) {
  const used: string[] = [];
  let tried: TriedWays = [];
  const result = await tryWays(
    ways,
    ({ name }) => {
      const outcome = outcomes[used.length] ?? null;
      used.push(name);
      if (outcome === null) return Promise.resolve(name);
      return Promise.reject(outcome instanceof Error ? outcome : new Problem(outcome));
    },
    { signal: signal ?? new AbortController().signal, onTried: (ways_) => (tried = ways_) },
  ).catch((error: unknown) => (isProblem(error) ? error.code : error));
  return { result, used, tried: tried.map(({ way, problem }) => `${way}:${problem ?? 'reached'}`) };
}

const THREE = ['one', 'two', 'three'].map((name) => wayOf(name));

test('the third way works: the first two were tried before', async () => {
  expect(await attempt(THREE, ['source-refused', 'source-login', null])).toEqual({
    result: 'three',
    used: ['one', 'two', 'three'],
    tried: ['one:source-refused', 'two:source-login', 'three:reached'],
  });
});

test.each([
  'source-private',
  'source-not-found',
  'source-drm',
  'source-geo-blocked',
  'program-killed',
  'storage-full',
] as const)('%s: ends the attempts at once', async (code) => {
  expect(await attempt([wayOf('one', 5), ...THREE.slice(1)], [code])).toEqual({
    result: code,
    used: ['one'],
    tried: [`one:${code}`],
  });
});

test('all ways fail: the last failure that may pass is the reason', async () => {
  expect((await attempt(THREE, ['source-unreachable', 'source-login', 'source-refused'])).result).toBe(
    'source-unreachable',
  );
  expect((await attempt(THREE, ['source-refused', 'source-login', 'source-refused'])).result).toBe('source-refused');
});

test('a way with attempts: is tried so often, and is one entry', async () => {
  const { used, tried } = await attempt(
    [wayOf('one', 3), wayOf('two')],
    ['source-refused', 'source-refused', 'source-refused', null],
  );
  expect(used).toEqual(['one', 'one', 'one', 'two']);
  expect(tried).toEqual(['one:source-refused', 'two:reached']);
});

test('a bug: is thrown, and is no failure of a way', async () => {
  const bug = new Error('bug');
  expect(await attempt(THREE, [bug])).toEqual({ result: bug, used: ['one'], tried: [] });
});

test('a run that was stopped: tries no other way, and gives the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const waiting = { ...wayOf('one', 2), requestGap: 60 };
  const running = attempt([waiting, wayOf('two')], ['source-refused', null], stop.signal);
  stop.abort(reason);
  expect(await running).toEqual({ result: reason, used: ['one'], tried: [] });
});

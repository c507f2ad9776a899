import { Problem, type ProblemType } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { createQueuePause, type QueuePause } from '../../../src/work/waiting/queue-pause.ts';

const MINUTE_MS = 60_000;

let now: number;
let isDiskFull: boolean;
let logged: { msg: string; reason?: string }[];
let pause: QueuePause;

beforeEach(() => {
  now = 1_000_000;
  isDiskFull = false;
  logged = [];
  const logger = createLogger({
    service: 'test',
    destination: { write: (line) => logged.push(JSON.parse(line) as (typeof logged)[number]) }, // pino writes objects
  });
  const check = (): Promise<void> => (isDiskFull ? Promise.reject(new Problem('storage-full')) : Promise.resolve());
  pause = createQueuePause({ storage: { check }, logger, clock: () => now });
});

/** Jobs of the owner fail. */
const fail = (code: ProblemType, ...hosts: string[]): (number | undefined)[] =>
  hosts.map((host) => pause.noteFailure({ host, personId: 'owner', isOwners: true }, code));
const failOf = (personId: string | null, ...hosts: string[]): void => {
  for (const host of hosts) pause.noteFailure({ host, personId, isOwners: false }, 'source-unreachable');
};
const reasons = (): string[] => [...pause.reasons().keys()];

describe('three hosts that cannot be reached within five minutes', () => {
  test('pause the queue, once, and a trial follows after half a minute', async () => {
    expect(fail('source-unreachable', 'a', 'b', 'c', 'd')).toEqual([
      undefined,
      undefined,
      now + MINUTE_MS / 2,
      now + MINUTE_MS / 2,
    ]);
    expect(reasons()).toEqual(['network']);
    expect(await pause.mayClaim()).toBe(false);
    now += MINUTE_MS / 2;
    expect(await pause.mayClaim()).toBe(true);
    expect(logged).toMatchObject([{ msg: 'queue paused', reason: 'network' }]);
  });

  test('trials: become rarer, down to one in five minutes', async () => {
    fail('source-unreachable', 'a', 'b', 'c');
    const gaps: number[] = [];
    for (let trial = 0; trial < 6; trial += 1) {
      const from = now;
      while (!(await pause.mayClaim())) now += MINUTE_MS / 2;
      gaps.push((now - from) / MINUTE_MS);
      pause.noteClaim();
      fail('source-unreachable', 'a');
    }
    expect(gaps).toEqual([0.5, 1, 2, 5, 5, 5]);
  });

  test('a trial that resolves its source: ends the pause at once', async () => {
    fail('source-unreachable', 'a', 'b', 'c');
    now += MINUTE_MS;
    pause.noteClaim();
    pause.noteResolved();
    expect(reasons()).toEqual([]);
    expect(await pause.mayClaim()).toBe(true);
    expect(logged.at(-1)).toMatchObject({ msg: 'reason of the pause has ended', reason: 'network' });
  });

  test('a trial to which the source answers that it is private: ends the pause, too', () => {
    fail('source-unreachable', 'a', 'b', 'c');
    fail('source-private', 'd');
    expect(reasons()).toEqual([]);
  });

  test('a trial that fails on this machine: shows nothing, and the pause lasts', () => {
    fail('source-unreachable', 'a', 'b', 'c');
    fail('program-killed', 'd');
    expect(reasons()).toEqual(['network']);
  });
});

describe('no pause', () => {
  test('follows on one host that fails ten times', () => {
    fail('source-unreachable', ...Array<string>(10).fill('a'));
    expect(reasons()).toEqual([]);
  });

  test("follows on one member's links, or on those of nobody, however many hosts fail", async () => {
    failOf('anna', 'a.one', 'b.two', 'c.three', 'd.four', 'e.five');
    expect(reasons()).toEqual([]);
    expect(await pause.mayClaim()).toBe(true);
    pause.noteResolved();
    failOf(null, 'a.one', 'b.two', 'c.three', 'd.four', 'e.five');
    expect(reasons()).toEqual([]);
  });

  test('follows on three names of one domain', () => {
    fail('source-unreachable', 'a.evil.example', 'b.evil.example', 'c.evil.example');
    expect(reasons()).toEqual([]);
    fail('source-unreachable', '192.0.2.1', '198.51.2.1');
    expect(reasons()).toEqual(['network']);
  });

  test('follows on three hosts that fail over a longer time', () => {
    for (const host of ['a', 'b', 'c']) {
      fail('source-unreachable', host);
      now += 3 * MINUTE_MS;
    }
    expect(reasons()).toEqual([]);
  });

  test('follows on three hosts that fail while a fourth one works', () => {
    fail('source-unreachable', 'a', 'b');
    pause.noteResolved();
    fail('source-unreachable', 'c');
    expect(reasons()).toEqual([]);
  });
});

test('three hosts in the links of two members: pause the queue', () => {
  failOf('anna', 'a.one', 'b.two');
  failOf('bert', 'b.two');
  expect(reasons()).toEqual([]);
  failOf('bert', 'c.three');
  expect(reasons()).toEqual(['network']);
});

test.each(['source-unreachable', 'source-extractor'] as const)(
  'a pause for %s without any job that shows it: ends by itself, and the next one is concluded anew',
  async (code) => {
    fail(code, 'a', 'b', 'c');
    now += 90 * MINUTE_MS + 1;
    expect(reasons()).toEqual([]);
    expect(await pause.mayClaim()).toBe(true);
    expect(logged.at(-1)).toMatchObject({ msg: 'reason of the pause has ended' });
    fail(code, 'a');
    expect(reasons()).toEqual([]);
  },
);

test('three hosts that yt-dlp does not understand: pause the queue, also while others are private', () => {
  fail('source-extractor', 'a', 'b');
  fail('source-private', 'x');
  fail('source-extractor', 'c');
  expect(reasons()).toEqual(['downloader']);
});

test('a full disk: pauses the queue until there is room', async () => {
  isDiskFull = true;
  expect(await pause.mayClaim()).toBe(false);
  expect([...pause.reasons()]).toEqual([['storage', now]]);
  now += MINUTE_MS;
  await pause.mayClaim();
  expect([...pause.reasons()]).toEqual([['storage', now - MINUTE_MS]]);
  isDiskFull = false;
  expect(await pause.mayClaim()).toBe(true);
  expect(reasons()).toEqual([]);
  expect(logged.map(({ msg }) => msg)).toEqual(['queue paused', 'reason of the pause has ended']);
});

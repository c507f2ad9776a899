import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startPeriodicLoop, type PeriodicLoop, type PeriodicLoopOptions } from '../../src/loops/periodic-loop.ts';

const HOUR_MS = 3_600_000;

function startLoop(options: Partial<PeriodicLoopOptions> & Pick<PeriodicLoopOptions, 'run'>): PeriodicLoop {
  const loop = startPeriodicLoop({ name: 'test', logger: { error: () => undefined }, ...options });
  onTestFinished(() => loop.stop());
  return loop;
}

const runsOf = (run: { mock: { calls: unknown[] } }, count: number): Promise<void> =>
  vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThanOrEqual(count));

describe('schedule', () => {
  test('a loop with an interval: the first run begins at once, the next after the interval', async () => {
    const startedAt = performance.now();
    const run = vi.fn(() => Promise.resolve(undefined));
    startLoop({ run, everyMs: 30 });
    await runsOf(run, 3);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(58); // timers count in whole milliseconds
  });

  test('a run that resolves with milliseconds: the next run waits that long, not the interval', async () => {
    const run = vi.fn(() => Promise.resolve(1));
    startLoop({ run, everyMs: HOUR_MS });
    await runsOf(run, 3);
  });

  test('a clock that is set back during a wait: does not prolong it', async () => {
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now());
    onTestFinished(() => clock.mockRestore());
    const run = vi.fn(() => Promise.resolve(undefined));
    startLoop({ run, everyMs: 30 });
    await runsOf(run, 1);
    clock.mockImplementation(() => performance.timeOrigin + performance.now() - HOUR_MS);
    await runsOf(run, 3);
  });

  test('a delayed first run: nothing runs before runNow', async () => {
    const run = vi.fn(() => Promise.resolve(undefined));
    const loop = startLoop({ run, firstAfterMs: Infinity });
    await delay(20);
    expect(run).not.toHaveBeenCalled();
    loop.runNow();
    await runsOf(run, 1);
  });

  test('a wait function of the caller: receives the milliseconds of each wait', async () => {
    const waits: number[] = [];
    const run = vi.fn(() => Promise.resolve(700));
    startLoop({ run, firstAfterMs: 5, wait: (ms) => (waits.push(ms), delay(1)) });
    await runsOf(run, 2);
    expect(waits.slice(0, 2)).toEqual([5, 700]);
  });
});

describe('runNow', () => {
  test('during a wait: the next run begins at once', async () => {
    const run = vi.fn(() => Promise.resolve(HOUR_MS));
    const loop = startLoop({ run });
    await runsOf(run, 1);
    loop.runNow();
    await runsOf(run, 2);
  });

  test('several times during a run: exactly one more run follows, and none overlaps', async () => {
    let running = 0;
    let mostRunning = 0;
    const run = vi.fn(async () => {
      mostRunning = Math.max(mostRunning, (running += 1));
      await delay(20);
      running -= 1;
      return Infinity;
    });
    const loop = startLoop({ run });
    await runsOf(run, 1);
    loop.runNow();
    loop.runNow();
    await runsOf(run, 2);
    await delay(60);
    expect([run.mock.calls.length, mostRunning]).toEqual([2, 1]);
  });
});

describe('failure', () => {
  test('runs that throw: onFailure gets the count in a row and sets the wait; a success resets the count', async () => {
    const counts: number[] = [];
    const results = ['throw', 'throw', 'succeed', 'throw', 'throw'];
    const run = vi.fn(() => (results.shift() === 'succeed' ? Promise.resolve(0) : Promise.reject(new Error('no'))));
    const onFailure = (_: unknown, failures: number): number => (counts.push(failures), results.length ? 0 : Infinity);
    startLoop({ run, onFailure });
    await runsOf(run, 5);
    await vi.waitFor(() => expect(counts).toEqual([1, 2, 1, 2]));
  });

  test('a run that throws, without onFailure: one error is logged, and the loop continues with back-off', async () => {
    const error = vi.fn();
    const waits: number[] = [];
    const run = vi.fn(() => Promise.reject(new Error('disk full')));
    startLoop({ run, name: 'clean', logger: { error }, wait: (ms) => (waits.push(ms), delay(1)) });
    await runsOf(run, 4);
    expect(waits.slice(0, 4)).toEqual([0, 1000, 2000, 4000]);
    expect(error).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ task: 'clean' }), 'periodic task failed');
  });
});

describe('stop', () => {
  test('during a run: the run gets the abort, and stop resolves after its end', async () => {
    let hasEnded = false;
    const loop = startLoop({
      run: async (signal) => {
        await delay(HOUR_MS, undefined, { signal }).catch(() => delay(20));
        hasEnded = true;
        return undefined;
      },
    });
    await delay(10);
    await loop.stop();
    expect(hasEnded).toBe(true);
  });

  test('during a run that then throws: onFailure is not called', async () => {
    const onFailure = vi.fn(() => 0);
    const loop = startLoop({ run: (signal) => delay(HOUR_MS, 0, { signal }), onFailure });
    await delay(10);
    await loop.stop();
    expect(onFailure).not.toHaveBeenCalled();
  });

  test('during a wait, with runNow after it: no further run begins', async () => {
    const run = vi.fn(() => Promise.resolve(HOUR_MS));
    const loop = startLoop({ run });
    await runsOf(run, 1);
    await loop.stop();
    loop.runNow();
    await delay(20);
    expect(run).toHaveBeenCalledOnce();
  });
});

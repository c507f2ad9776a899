import { expect, test } from 'vitest';
import { pause, pauseUntil } from '../../src/loops/pause.ts';

const HOUR_MS = 3_600_000;

test('pause with 30 ms: resolves after that time', async () => {
  const startedAt = performance.now();
  await pause(30, new AbortController().signal);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29); // timers count in whole milliseconds
});

test('pause with an abort during or before it: resolves at once', async () => {
  const stopping = new AbortController();
  const pausing = pause(HOUR_MS, stopping.signal);
  stopping.abort();
  await pausing;
  await pause(HOUR_MS, stopping.signal);
});

test('pauseUntil a time: resolves then, or at once if it has passed', async () => {
  const { signal } = new AbortController();
  const wakeAt = Date.now() + 30;
  await pauseUntil(wakeAt, signal);
  expect(Date.now()).toBeGreaterThanOrEqual(wakeAt);
  await pauseUntil(Date.now() + HOUR_MS, signal, () => Date.now() + 2 * HOUR_MS);
});

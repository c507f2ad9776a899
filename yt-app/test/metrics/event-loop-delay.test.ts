import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';

const BLOCKED_MS = 150;

test('an event loop that was blocked: is measured once, and an idle one is not delayed', async () => {
  const metrics = createMetrics();
  await setImmediate();
  await longestDelayMs(metrics); // begins another period

  const endsAt = performance.now() + BLOCKED_MS;
  while (performance.now() < endsAt);
  await setImmediate();
  expect(await longestDelayMs(metrics)).toBeGreaterThanOrEqual(BLOCKED_MS * 0.9);
  await setImmediate();
  expect(await longestDelayMs(metrics)).toBeLessThan(BLOCKED_MS * 0.9);
});

test("prom-client's own sampler, which is switched off: has no figures", async () => {
  expect(await createMetrics().text()).not.toMatch(/nodejs_eventloop_lag_(p99|max)/);
});

async function longestDelayMs(metrics: ReturnType<typeof createMetrics>): Promise<number> {
  const [, seconds] = /^linkcast_event_loop_delay_seconds\{quantile="1"\} (\S+)$/m.exec(await metrics.text()) ?? [];
  return Number(seconds) * 1000;
}

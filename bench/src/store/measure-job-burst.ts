import type { YtAppProcess } from '@linkcast/testing';

/** Many jobs at once. */
export interface JobBurst {
  /** Until the last of them was answered, in milliseconds. */
  readonly burstMs: number;
  /** p99 of the event-loop delay meanwhile, as `/metrics` has it, in milliseconds. */
  readonly burstDelayMs: number;
}

export const BURST_JOBS = 200;

/** Measures parallel submissions of new jobs. */
export async function measureJobBurst(service: YtAppProcess): Promise<JobBurst> {
  const { api } = service;
  await readDelayMs(service); // each reading begins another period
  const beganAt = performance.now();
  await Promise.all(
    Array.from({ length: BURST_JOBS }, (_, number) =>
      api.createJob({ url: `https://example.com/burst?v=${number}`, type: 'video' }),
    ),
  );
  const burstMs = performance.now() - beganAt;
  return { burstMs, burstDelayMs: await readDelayMs(service) };
}

async function readDelayMs({ url, token }: YtAppProcess): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  const [, seconds] = /^linkcast_event_loop_delay_seconds\{quantile="0.99"\} (\S+)$/m.exec(text) ?? [];
  if (seconds === undefined) throw new Error('/metrics has no event-loop delay');
  return Number(seconds) * 1000;
}

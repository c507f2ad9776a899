import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { YtAppProcess } from '@linkcast/testing';

export const PARALLEL_REQUESTS = 200;
const ROUNDS = 5;

/** Measures the slowest `GET /healthz`, in milliseconds, of another thread, while 200 parallel requests for a list come five times. */
export async function measureHealth({ url, token }: YtAppProcess): Promise<number> {
  const poller = new Worker(new URL('health-poller.ts', import.meta.url), { workerData: { url } });
  try {
    await once(poller, 'message'); // it polls
    for (let round = 0; round < ROUNDS; round += 1)
      await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, () => getList(url, token)));
    poller.postMessage('stop');
    const [slowestMs] = (await once(poller, 'message')) as [number]; // of `health-poller.ts`
    return slowestMs;
  } finally {
    await poller.terminate();
  }
}

async function getList(url: string, token: string): Promise<void> {
  const response = await fetch(`${url}/api/media?limit=50`, { headers: { authorization: `Bearer ${token}` } });
  await response.text();
  if (!response.ok) throw new Error(`GET /api/media was answered ${response.status}`);
}

import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const POLL_MS = 10;
const { url } = workerData as { readonly url: string }; // of `measureHealth`
const stopping = new AbortController();
let slowestMs = 0;

parentPort?.once('message', () => stopping.abort());
await poll(); // opens the connection
parentPort?.postMessage('polling');
while (!stopping.signal.aborted) {
  slowestMs = Math.max(slowestMs, await poll());
  await delay(POLL_MS);
}
parentPort?.postMessage(slowestMs);

/** @returns milliseconds. */
async function poll(): Promise<number> {
  const beganAt = performance.now();
  const response = await fetch(`${url}/healthz`);
  await response.text();
  return performance.now() - beganAt;
}

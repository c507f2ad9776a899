import { pause } from '@linkcast/kit';
import http from 'node:http';

const POLL_MS = 250;
const ANSWER_MS = 3000;

/** Waits until an HTTP server answers there, `timeoutSeconds` at most, or until the signal. */
export async function untilAnswers(url: string, timeoutSeconds: number, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + timeoutSeconds * 1000;
  while (performance.now() < endsAt && !signal.aborted && !(await answers(url))) await pause(POLL_MS, signal);
}

/** Reports whether an HTTP server answers there, with a status below 500. (Without `fetch`, which takes 5 MB of memory.) */
export async function answers(url: string): Promise<boolean> {
  const request = http.get(url, { timeout: ANSWER_MS });
  return new Promise((resolve) => {
    request.once('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false)); // not listening yet
    request.once('close', () => resolve(false));
  });
}

import { ApiUnavailable, createApiClient, Problem } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';

export interface ReadinessOptions {
  readonly ytAppUrl: string;
  readonly apiToken: string | undefined;
  /** The edge on this machine. */
  readonly edgeUrl: string;
  readonly signal: AbortSignal;
  /** Seconds to wait at most. */
  readonly timeoutSeconds: number;
}

const POLL_MS = 250;

/** Waits until yt-app says that all is well and the edge answers; false when the time is over. */
export async function waitUntilReady(options: ReadinessOptions): Promise<boolean> {
  const endsAt = performance.now() + options.timeoutSeconds * 1000;
  while (performance.now() < endsAt && !options.signal.aborted) {
    if ((await isYtAppWell(options)) && (await answers(options.edgeUrl))) return true;
    await pause(POLL_MS, options.signal);
  }
  return false;
}

/** Waits until something speaks HTTP there, `timeoutSeconds` at most, or until the signal. */
export async function untilAnswers(url: string, timeoutSeconds: number, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + timeoutSeconds * 1000;
  while (performance.now() < endsAt && !signal.aborted && !(await answers(url))) await pause(POLL_MS, signal);
}

async function isYtAppWell({ ytAppUrl, apiToken }: ReadinessOptions): Promise<boolean> {
  const client = createApiClient({
    baseUrl: ytAppUrl,
    timeoutMs: 3000,
    ...(apiToken === undefined ? {} : { token: apiToken }),
  });
  try {
    return (await client.health()).status === 'ok';
  } catch (error) {
    if (error instanceof ApiUnavailable || error instanceof Problem) return false;
    throw error;
  }
}

/** Does something speak HTTP there? The edge may well refuse: it answers to its own names only. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000), redirect: 'manual' });
    return response.status < 500;
  } catch {
    return false; // not listening yet
  }
}

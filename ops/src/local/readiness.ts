import { ApiUnavailable, createApiClient, Problem } from '@linkcast/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './answers.ts';

export interface ReadinessOptions {
  readonly ytAppUrl: string;
  readonly apiToken: string | undefined;
  /** The edge on this machine. */
  readonly edgeUrl: string;
  /** Seconds to wait at most. */
  readonly timeoutSeconds: number;
}

const POLL_MS = 250;

/** Waits until yt-app says that all is well and the edge answers; false when the time is over. */
export async function waitUntilReady(options: ReadinessOptions): Promise<boolean> {
  const endsAt = performance.now() + options.timeoutSeconds * 1000;
  while (performance.now() < endsAt) {
    if ((await isYtAppWell(options)) && (await answers(options.edgeUrl))) return true;
    await delay(POLL_MS);
  }
  return false;
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

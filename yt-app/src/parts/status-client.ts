import type { z } from 'zod';
import { serviceKeyHeader } from './service-key-header.ts';

export interface StatusClientOptions<T> {
  /** Root of the part's server, `http://ddns:5001`; of a part that is not started, the status it would answer. */
  readonly url: string | T;
  /** yt-app's own key; without it the part refuses. */
  readonly key: string | undefined;
  readonly schema: z.ZodType<T>;
  /** Milliseconds an answer may take. Default 2000. */
  readonly timeoutMs?: number;
  /** Milliseconds for which an answer is reused, also a missing one. Default 10,000. */
  readonly maxAgeMs?: number;
  readonly clock?: () => number;
}

/** Reads a part's `GET /status`; null when it does not answer. Never rejects. */
export type StatusClient<T> = () => Promise<T | null>;

export function createStatusClient<T>(options: StatusClientOptions<T>): StatusClient<T> {
  const { url, maxAgeMs = 10_000, clock = Date.now } = options;
  if (typeof url !== 'string') return () => Promise.resolve(url);
  let readAt = -Infinity;
  let answer: Promise<T | null> | undefined;

  return () => {
    if (answer && clock() - readAt < maxAgeMs) return answer;
    readAt = clock();
    answer = read({ ...options, url });
    return answer;
  };
}

async function read<T>({
  url,
  key,
  schema,
  timeoutMs = 2000,
}: StatusClientOptions<T> & { readonly url: string }): Promise<T | null> {
  try {
    const response = await fetch(new URL('/status', url), {
      headers: serviceKeyHeader(key),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return schema.parse(await response.json());
    await response.body?.cancel();
    return null;
  } catch {
    return null; // down, starting, or another server: no status in each case
  }
}

import { setTimeout as delay } from 'node:timers/promises';

/** The value of a promise. @throws when it takes longer than the limit; what it waits for goes on. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  const limit = new AbortController();
  const tooSlow = delay(limitMs, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`no answer within ${limitMs} ms`);
  });
  tooSlow.catch(() => undefined); // it is aborted below
  try {
    return await Promise.race([promise, tooSlow]);
  } finally {
    limit.abort();
  }
}

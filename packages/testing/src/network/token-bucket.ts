import { setTimeout as delay } from 'node:timers/promises';

/** Shares one rate between everybody who takes from it, first come, first served. */
export interface TokenBucket {
  /** Resolves when so many bytes may pass. */
  take(bytes: number, signal?: AbortSignal): Promise<void>;
}

/** @param bytesPerSecond the rate, over all takers together; at most 50 ms of it may pass at once. */
export function createTokenBucket(bytesPerSecond: number): TokenBucket {
  const burstMs = 50;
  let freeAtMs = performance.now();

  return {
    async take(bytes, signal) {
      const nowMs = performance.now();
      freeAtMs = Math.max(freeAtMs, nowMs - burstMs) + (bytes / bytesPerSecond) * 1000;
      const waitMs = freeAtMs - nowMs;
      if (waitMs > 1) await delay(waitMs, undefined, signal ? { signal } : {});
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';

/** Limits of waits are for a machine that does little else. Those of CI may be three times slower. */
export const LIMIT_FACTOR = process.env['CI'] === undefined ? 1 : 3;

/**
 * Asks again and again until there is an answer (truthy), and gives it. Fails with the last error.
 * @param limit seconds on a developer's machine; `LIMIT_FACTOR` times as many in CI
 */
export async function until<T>(ask: () => T | Promise<T>, limit = 15): Promise<Exclude<T, false | undefined | null>> {
  const seconds = limit * LIMIT_FACTOR;
  const end = Date.now() + seconds * 1000;
  let lastError: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer as Exclude<T, false | undefined | null>; // just checked
    } catch (error) {
      lastError = error;
    }
    await delay(50);
  }
  throw new Error(`not within ${seconds} s: ${ask.toString()}`, { cause: lastError });
}

import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until there is an answer (truthy), and gives it. Fails after so many seconds, with the last error. */
export async function until<T>(ask: () => T | Promise<T>, seconds = 15): Promise<Exclude<T, false | undefined | null>> {
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

import { setTimeout as delay } from 'node:timers/promises';
import { ApiUnavailable, isProblem } from '@linkcast/contracts';

const RETRY_MS = 500;
/** Answers that ask for the same request in a moment, whatever it is. */
const COME_AGAIN = ['database-unavailable', 'too-many-requests'];

/**
 * Repeats a call until the API has answered it, with success or a refusal; undefined when the signal ended it before. For calls that may
 * be repeated.
 */
export async function untilAnswered<Answer>(
  call: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  while (!signal.aborted) {
    try {
      return await call();
    } catch (error) {
      const isForNow = error instanceof ApiUnavailable || (isProblem(error) && COME_AGAIN.includes(error.code));
      if (!isForNow) throw error;
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

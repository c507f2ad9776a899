import { isProblem, type Problem, type TriedWay, type TriedWays, type WorkWay } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';
import { dependsOnWay } from '../programs/ytdlp-errors.ts';

export interface WayAttemptsOptions {
  readonly signal: AbortSignal;
  /** Called with all ways that were tried so far, after each. */
  readonly onTried: (tried: TriedWays) => void;
}

/**
 * Tries the ways to a source in their order, each as often as it says, until one reaches it. A failure that no way would avoid, of this
 * machine too, ends the attempts.
 *
 * @param ways one at least.
 * @throws {Problem} that failure; else of the failures of all ways the last one that may pass, or the last one; or the reason of the signal.
 */
export async function tryWays<Result>(
  ways: readonly WorkWay[],
  attempt: (way: WorkWay) => Promise<Result>,
  { signal, onTried }: WayAttemptsOptions,
): Promise<Result> {
  const tried: TriedWay[] = [];
  const failures: Problem[] = [];
  const note = (way: WorkWay, failure: Problem | null): void => {
    tried.push({ way: way.name, problem: failure?.code ?? null });
    onTried([...tried]);
  };
  for (const way of ways) {
    try {
      const result = await repeat(way, attempt, signal);
      note(way, null);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!isProblem(error)) throw error;
      note(way, error);
      if (!dependsOnWay(error)) throw error;
      failures.push(error);
    }
  }
  const failure = failures.findLast(({ retryable }) => retryable) ?? failures.at(-1);
  throw failure ?? new Error('there is no way to the source');
}

async function repeat<Result>(
  way: WorkWay,
  attempt: (way: WorkWay) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (let number = 1; number < way.attempts; number += 1) {
    try {
      return await attempt(way);
    } catch (error) {
      if (!dependsOnWay(error)) throw error;
      await pause(way.requestGap * 1000, signal);
      signal.throwIfAborted();
    }
  }
  return attempt(way);
}

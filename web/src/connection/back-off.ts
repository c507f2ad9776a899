/** Returns the delay in milliseconds before retry `attempt` (from 0): 1 s, doubled each time, at most `maxMs`. */
export function backOffMs(attempt: number, maxMs = 30_000): number {
  return Math.min(maxMs, 1000 * 2 ** Math.min(attempt, 20));
}

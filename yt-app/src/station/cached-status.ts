import type { FeederStatus } from '@linkcast/contracts';
import type { StationControl } from './station-control.ts';

/** Reads the feeder's status at most once in `maxAgeMs`; calls in between share the answer. */
export function createCachedStatus(
  control: StationControl,
  clock: () => number,
  maxAgeMs = 5000,
): () => Promise<FeederStatus> {
  let readAt = -Infinity;
  let answer: Promise<FeederStatus> | undefined;

  return () => {
    if (answer && clock() - readAt < maxAgeMs) return answer;
    readAt = clock();
    answer = control.status();
    return answer;
  };
}

import type { FeederStatus } from '@linkcast/contracts';
import type { StationControl } from './station-control.ts';

/** Asks the feeder at most once in `maxAgeMs`, however many people look; those who ask meanwhile share the answer. */
export function createCachedStatus(
  control: StationControl,
  clock: () => number,
  maxAgeMs = 5000,
): () => Promise<FeederStatus> {
  let askedAt = -Infinity;
  let answer: Promise<FeederStatus> | undefined;

  return () => {
    if (answer && clock() - askedAt < maxAgeMs) return answer;
    askedAt = clock();
    answer = control.status();
    return answer;
  };
}

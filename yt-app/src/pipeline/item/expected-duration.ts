import { Problem } from '@linkcast/contracts';
import type { DownloadedTrack } from '../tracks/track.ts';

/**
 * Seconds that a track should have: the least of what the page, the file and the list of fragments state. Pages state more
 * than there is, and the duration of the longest of several formats.
 *
 * @returns null when none of them states a duration.
 */
export function expectedSeconds(
  { plan, statedSeconds }: DownloadedTrack,
  promisedSeconds: number | null,
): number | null {
  const stated = [promisedSeconds, statedSeconds, plan.durationSeconds].filter((seconds) => seconds !== null);
  return stated.length > 0 ? Math.min(...stated) : null;
}

/** @throws {Problem} source-truncated when more is missing than the tolerance. */
export function refuseTooShort(seconds: number, expected: number | null): void {
  if (expected !== null && seconds < expected - tolerance(expected)) throw new Problem('source-truncated');
}

/** The expected duration when the actual one is within the tolerance; else the actual one. */
export function chooseDuration(expected: number | null, actualSeconds: number): number {
  const isRight = expected !== null && isAsLong(actualSeconds, expected);
  return isRight ? expected : actualSeconds;
}

/** Reports whether two durations are the same within the tolerance. */
export function isAsLong(seconds: number, expected: number): boolean {
  return Math.abs(seconds - expected) <= tolerance(expected);
}

/** Metadata is rounded, and sound and picture seldom end together: 1.5 seconds or 1 % may be missing. */
function tolerance(seconds: number): number {
  return Math.max(1.5, seconds * 0.01);
}

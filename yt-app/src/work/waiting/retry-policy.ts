import type { ProblemType } from '@linkcast/contracts';

const MINUTE = 60;
const HOUR = 3600;

/** Seconds from each failure to the next try: about nine hours, for what others have to repair. */
const HOURS = [10, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, ...Array<number>(8).fill(HOUR)];
/** A source that asks for fewer requests gets none for a while. */
const SPARING = [10 * MINUTE, 30 * MINUTE, ...Array<number>(8).fill(HOUR)];
/** For what may be in the media themselves, so that each try would fail after a whole download. */
const FEW = [10, 2 * MINUTE, 10 * MINUTE];

/** The pauses after failures for a reason that passes. A job that fails for any other reason has failed. */
const PAUSES: Partial<Readonly<Record<ProblemType, readonly number[]>>> = {
  'source-unreachable': HOURS,
  'source-stalled': HOURS,
  'source-rate-limited': SPARING,
  'source-captcha': SPARING,
  'source-truncated': FEW,
  'source-damaged': FEW,
  'storage-full': HOURS,
  'storage-read-only': HOURS,
  'storage-failing': HOURS,
  'media-missing': HOURS,
  'resources-exhausted': HOURS,
  'downloader-unavailable': HOURS,
  'program-killed': FEW,
  'conversion-failed': FEW,
};

/** The part of a pause by which it is longer at most: jobs that failed together are not tried together. */
const JITTER = 0.2;

/**
 * The pause after a failure.
 *
 * @param retries the failures before that for which the job was tried again.
 * @param random from 0 to 1.
 * @returns milliseconds; undefined when the job is not tried again.
 */
export function pauseBeforeRetry(code: ProblemType, retries: number, random: number): number | undefined {
  const seconds = PAUSES[code]?.[retries];
  return seconds === undefined ? undefined : Math.round(seconds * 1000 * (1 + JITTER * random));
}

import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { Scrub } from './scrub.ts';

export interface ScrubbingOptions {
  readonly scrub: Pick<Scrub, 'checkNext'>;
  /** Reports whether the media volume is present: nothing is checked otherwise. */
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'error'>;
}

/** A start has more urgent work. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 600_000;
/** Between two items: a library of many small ones does not keep the database busy. */
const NEXT_MS = 250;

/** Checks the files of one item after another, as long as one is due. */
export function startScrubbing({ scrub, isMediaReady, logger }: ScrubbingOptions): Stoppable {
  return startPeriodicLoop({
    name: 'scrubbing',
    logger,
    firstAfterMs: FIRST_AFTER_MS,
    everyMs: EVERY_MS,
    run: async (signal) => (isMediaReady() && (await scrub.checkNext(signal)) ? NEXT_MS : undefined),
  });
}

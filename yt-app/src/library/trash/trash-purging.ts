import { TRASH_DAYS } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { Trash } from './trash.ts';

export interface TrashPurgingOptions {
  readonly trash: Pick<Trash, 'purgeDeletedBefore'>;
  /** Reports whether the media volume is present: items of a missing one stay. */
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'error'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

const KEEP_MS = TRASH_DAYS * 86_400_000;
const EVERY_MS = 3_600_000;
/** Items that are purged at once. */
const BATCH_SIZE = 100;
const NEXT_MS = 1000;

/** Purges what has been in the trash for 7 days, every hour; after a full batch, the next one follows a second later. */
export function startTrashPurging({ trash, isMediaReady, logger, clock = Date.now }: TrashPurgingOptions): Stoppable {
  return startPeriodicLoop({
    name: 'purging of the trash',
    logger,
    everyMs: EVERY_MS,
    async run() {
      if (!isMediaReady()) return undefined;
      const purged = await trash.purgeDeletedBefore(clock() - KEEP_MS, BATCH_SIZE);
      return purged === BATCH_SIZE ? NEXT_MS : undefined;
    },
  });
}

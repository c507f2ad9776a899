import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { StorageLimitation } from './app-database.ts';
import { isDiskReadOnly } from './read-only-disk.ts';
import type { StoredDatabase } from './stored-database.ts';

export interface ReserveKeepingOptions extends Pick<StoredDatabase, 'reserve'> {
  readonly limitation: StorageLimitation | undefined;
  readonly dataDir: string;
  /** Called once, when a database that could not be written can be opened again. */
  readonly onUsable: () => void;
  readonly logger: Logger;
}

const EVERY_MS = 5000;
/** The start has other work first. */
const FIRST_MS = 2000;

/** Makes the reserve again when the disk has room, and ends a limitation of the storage. */
export function startReserveKeeping(options: ReserveKeepingOptions): Stoppable {
  const { limitation, reserve, dataDir, onUsable, logger } = options;
  let isUsable = limitation === undefined;
  return startPeriodicLoop({
    name: 'disk reserve',
    logger,
    everyMs: EVERY_MS,
    firstAfterMs: FIRST_MS,
    async run() {
      const wasHeld = reserve?.isHeld() ?? true;
      const isHeld = (await reserve?.restore()) ?? true;
      if (isHeld && !wasHeld) logger.info('disk reserve made');
      // On a read-only disk the reserve is held all the time: nothing can be released.
      if (!isUsable && (limitation === 'read-only' ? !isDiskReadOnly(dataDir) : isHeld)) {
        isUsable = true;
        logger.info({ limitation }, 'disk writable again');
        onUsable();
      }
      return undefined;
    },
  });
}

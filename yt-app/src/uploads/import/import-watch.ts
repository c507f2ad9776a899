import { watch } from 'node:fs';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import { STILL_MS, type Imports } from './imports.ts';

export interface ImportWatchOptions {
  readonly directory: string;
  readonly imports: Imports;
  /** Reports whether the media volume is present and recovered: nothing is taken otherwise. */
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
}

/** A network file system reports no changes: the folder is read so often. */
const EVERY_MS = 60_000;
/** Changes within this time are one. */
const CHANGES_MS = 1000;

/** Takes files when the file system reports a change, and each minute. */
export function startImportWatch({ directory, imports, isMediaReady, logger }: ImportWatchOptions): Stoppable {
  let isWatched = false;
  const loop = startPeriodicLoop({
    ...{ name: 'import', logger, everyMs: EVERY_MS },
    async run() {
      if (!isMediaReady()) return undefined;
      if (!isWatched) startWatching();
      return (await imports.run()) ? STILL_MS : undefined;
    },
  });
  const ended = new AbortController();
  let soon: NodeJS.Timeout | undefined;
  /** A file that is being written changes all the time. */
  const runSoon = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      loop.runNow();
    }, CHANGES_MS).unref();
  };
  function startWatching(): void {
    isWatched = true;
    try {
      const changes = watch(directory, { recursive: true, persistent: false, signal: ended.signal });
      changes.on('change', runSoon);
      changes.on('error', (error) => logger.warn({ err: error }, 'import folder not watched')); // it is read each minute
    } catch (error) {
      logger.warn({ err: error }, 'import folder not watched');
    }
  }
  return {
    async stop() {
      ended.abort();
      clearTimeout(soon);
      await loop.stop();
    },
  };
}

import { startPeriodicLoop, type Logger, type PeriodicLoop } from '@linkcast/kit';
import type { LibraryVolume } from './library-volume.ts';

export interface VolumeWatchOptions {
  readonly volume: LibraryVolume;
  readonly logger: Logger;
  /** Milliseconds between checks. Default 5,000. */
  readonly everyMs?: number;
}

export interface VolumeListener {
  /** Makes rows, directories and jobs agree. Called once, when the volume is present for the first time. */
  recover(): Promise<void>;
  /** Called when the volume is present again. */
  onReturn(): void;
}

/** Checks the media volume periodically: while it is missing, no job starts and nothing is deleted. */
export interface VolumeWatch {
  /** Reports whether the last check found the volume, and recovery has run. */
  readonly isReady: () => boolean;
  /** Checks for the first time, recovers if the volume is present, and starts the periodic checks. */
  start(listener: VolumeListener): Promise<void>;
  stop(): Promise<void>;
}

export function createVolumeWatch({ volume, logger, everyMs = 5000 }: VolumeWatchOptions): VolumeWatch {
  let hasRecovered = false;
  let isReady = false;
  let loop: PeriodicLoop | undefined;

  const check = async (listener: VolumeListener): Promise<void> => {
    const state = await volume.check();
    if (state === 'present' && !hasRecovered) {
      await listener.recover();
      hasRecovered = true;
    }
    isReady = state === 'present';
  };
  const logMissing = (): void => logger.error({ state: volume.last().state }, 'media volume missing');
  const checkAgain = async (listener: VolumeListener): Promise<undefined> => {
    const wasReady = isReady;
    await check(listener);
    if (wasReady === isReady) return;
    if (!isReady) {
      logMissing();
      return;
    }
    logger.info('media volume present again');
    listener.onReturn();
  };

  return {
    isReady: () => isReady,
    async start(listener) {
      await check(listener);
      if (!isReady) logMissing();
      const run = (): Promise<undefined> => checkAgain(listener);
      loop = startPeriodicLoop({ name: 'media volume check', logger, run, everyMs, firstAfterMs: everyMs });
    },
    async stop() {
      await loop?.stop();
    },
  };
}

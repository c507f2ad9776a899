import { startPeriodicLoop, type Logger, type PeriodicLoop } from '@linkcast/kit';
import type { LibraryVolume } from './library-volume.ts';

export interface VolumeWatchOptions {
  readonly volume: LibraryVolume;
  readonly logger: Logger;
  /** Milliseconds between checks. Default 5,000. */
  readonly everyMs?: number;
}

export interface VolumeListener {
  /**
   * Makes rows, directories and jobs agree. Called when the volume is present for the first time, and again after it
   * has rejected. The signal is aborted when the watch stops.
   */
  recover(signal: AbortSignal): Promise<void>;
  /** Called when jobs may run: after the recovery, and when the volume is present again. */
  onReady(): void;
}

/** Checks the media volume periodically: while it is missing, no job starts and nothing is deleted. */
export interface VolumeWatch {
  /** Reports whether the last check found the volume. */
  readonly isPresent: () => boolean;
  /** Reports whether the last check found the volume, and recovery has run. */
  readonly isReady: () => boolean;
  /** Checks for the first time. The recovery and the periodic checks go on after it has resolved. */
  start(listener: VolumeListener): Promise<void>;
  /** Resolves when a recovery that runs has ended, too. */
  stop(): Promise<void>;
}

export function createVolumeWatch({ volume, logger, everyMs = 5000 }: VolumeWatchOptions): VolumeWatch {
  let hasRecovered = false;
  let isReady = false;
  let wasPresent = false;
  let loop: PeriodicLoop | undefined;

  const isPresent = (): boolean => volume.last().state === 'present';
  const logMissing = (): void => logger.error({ state: volume.last().state }, 'media volume missing');
  const logChange = (): void => {
    if (wasPresent === isPresent()) return;
    wasPresent = isPresent();
    if (wasPresent) logger.info('media volume present again');
    else logMissing();
  };
  const check = async (listener: VolumeListener, signal: AbortSignal): Promise<undefined> => {
    await volume.check();
    logChange();
    if (isPresent() && !hasRecovered) {
      await listener.recover(signal);
      hasRecovered = true;
    }
    const wasReady = isReady;
    isReady = isPresent() && hasRecovered;
    if (isReady && !wasReady) listener.onReady();
  };

  return {
    isPresent,
    isReady: () => isReady,
    async start(listener) {
      wasPresent = (await volume.check()) === 'present';
      if (!wasPresent) logMissing();
      const run = (signal: AbortSignal): Promise<undefined> => check(listener, signal);
      loop = startPeriodicLoop({ name: 'media volume check', logger, run, everyMs });
    },
    async stop() {
      await loop?.stop();
    },
  };
}

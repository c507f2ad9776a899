import { pause, type Logger } from '@linkcast/kit';
import type { LibraryVolume } from './library-volume.ts';

export interface VolumeWatchOptions {
  readonly volume: LibraryVolume;
  /** Puts rows, folders and jobs right. Called once, when the volume is there for the first time. */
  readonly recover: () => Promise<void>;
  /** The volume has come back: what waited can go on. */
  readonly onReturn: () => void;
  readonly logger: Logger;
  /** Milliseconds between checks. Default 5,000. */
  readonly everyMs?: number;
}

/** Watches the media volume, so that nothing is lost while it is away, and work goes on when it is back. */
export interface VolumeWatch {
  /** Is the volume there, and has recovery run? As of the last check; no job starts otherwise. */
  readonly isReady: () => boolean;
  /** Checks for the first time, recovers if the volume is there, and goes on checking. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createVolumeWatch(options: VolumeWatchOptions): VolumeWatch {
  const { volume, recover, onReturn, logger, everyMs = 5000 } = options;
  const stopping = new AbortController();
  let hasRecovered = false;
  let isReady = false;
  let watching: Promise<void> | undefined;

  const check = async (): Promise<void> => {
    const wasReady = isReady;
    const state = await volume.check();
    if (state === 'present' && !hasRecovered) {
      await recover();
      hasRecovered = true;
    }
    isReady = state === 'present';
    if (wasReady && !isReady) logger.error({ state }, 'the media volume is away: no job starts, nothing is deleted');
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      await pause(everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      const wasReady = isReady;
      await check();
      if (wasReady || !isReady) continue;
      logger.info('the media volume is back');
      onReturn();
    }
  };

  return {
    isReady: () => isReady,
    async start() {
      await check();
      if (!isReady)
        logger.error({ state: volume.last().state }, 'the media volume is away: no job starts, nothing is deleted');
      watching = watch();
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

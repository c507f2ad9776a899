import { startPeriodicLoop, type Logger, type PeriodicLoop } from '@linkcast/kit';
import type { NoticeBoard } from './notice-board.ts';

export interface NoticeWatchOptions {
  readonly board: NoticeBoard;
  readonly logger: Logger;
  /** Milliseconds from one observation to the next. Default 60,000. */
  readonly everyMs?: number;
}

/** Observes the sources of notices periodically, for as long as yt-app runs. */
export interface NoticeWatch {
  /** Reads the stored conditions, and starts the observations; the first one begins at once. */
  start(): Promise<void>;
  /** Observes now; during an observation, once more directly after it. */
  observeNow(): void;
  /** Resolves when no observation is in progress. */
  stop(): Promise<void>;
}

export function createNoticeWatch({ board, logger, everyMs = 60_000 }: NoticeWatchOptions): NoticeWatch {
  let loop: PeriodicLoop | undefined;
  const run = async (): Promise<undefined> => {
    await board.observe();
  };
  return {
    async start() {
      await board.load();
      loop = startPeriodicLoop({ name: 'observation of notice sources', logger, everyMs, run });
    },
    observeNow: () => loop?.runNow(),
    stop: async () => loop?.stop(),
  };
}

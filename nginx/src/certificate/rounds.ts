import { pause, type Logger, type Stoppable } from '@linkcast/kit';

export interface Rounds {
  readonly seconds: number;
  /** What the log calls the task, when it fails. */
  readonly name: string;
  readonly logger: Logger;
  /** One round; the next begins so many seconds after it has ended. */
  readonly task: (signal: AbortSignal) => Promise<void>;
}

/** After a failure, such as a full disk, there is no hurry to write the same line again. */
const PAUSE_AFTER_FAILURE_SECONDS = 60;

/** Does something again and again until it is stopped. What fails is logged and tried again. */
export function startRounds({ seconds, name, logger, task }: Rounds): Stoppable {
  const stopping = new AbortController();
  const { signal } = stopping;

  const running = (async () => {
    await pause(seconds * 1000, signal);
    while (!signal.aborted) {
      const isWell = await task(signal).then(
        () => true,
        (error: unknown) => {
          logger.error({ err: error, task: name }, 'a task of the edge failed, it is tried again');
          return false;
        },
      );
      await pause((isWell ? seconds : PAUSE_AFTER_FAILURE_SECONDS) * 1000, signal);
    }
  })();

  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

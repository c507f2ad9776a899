import type { Logger } from '../log/logger.ts';
import type { Stoppable } from '../service/service.ts';
import { backOffMs, type BackOff } from '@linkcast/contracts';
import { elapsedMs } from './elapsed.ts';
import { pauseUntil } from './pause.ts';

/** Milliseconds to wait after runs that fail, unless the loop decides otherwise. */
const FAILURE_BACK_OFF: BackOff = { firstMs: 1000, mostMs: 60_000 };

export interface PeriodicLoopOptions {
  /** The loop's name in the log. */
  readonly name: string;
  readonly logger: Pick<Logger, 'error'>;
  /**
   * One run. Runs never overlap. Resolves with the milliseconds from its end to the next run, or with nothing for
   * `everyMs`. The signal is aborted when the loop stops.
   */
  readonly run: (signal: AbortSignal) => Promise<number | undefined>;
  /** Milliseconds from the end of a run to the next. `Infinity` (default): the next run begins at {@link PeriodicLoop.runNow}. */
  readonly everyMs?: number;
  /** Milliseconds from the start of the loop to the first run. Default 0; `Infinity`: at {@link PeriodicLoop.runNow}. */
  readonly firstAfterMs?: number;
  /**
   * Returns the milliseconds to wait after a run that threw; `failures` counts the failed runs in a row, from 1.
   * Default: logs `periodic task failed` once per row of failures, and doubles the wait from 1 to 60 seconds.
   */
  readonly onFailure?: (error: unknown, failures: number) => number;
  /** Waits so many milliseconds or until the signal is aborted. A sleep of the machine counts; a clock that is set back does not prolong it. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A task that is run again and again. */
export interface PeriodicLoop extends Stoppable {
  /** Begins the next run now; while a run is going on, one more begins directly after it. */
  readonly runNow: () => void;
  /** Aborts the current run. Resolves when that run has ended; no run begins after the call. */
  readonly stop: () => Promise<void>;
}

/** Starts a loop. A run that throws never ends it. */
export function startPeriodicLoop(options: PeriodicLoopOptions): PeriodicLoop {
  const { run, everyMs = Infinity, firstAfterMs = 0, wait = waitElapsed } = options;
  const onFailure = options.onFailure ?? logFailure(options);
  const stopping = new AbortController();
  const { signal } = stopping;
  let waiting = new AbortController();
  let isRequested = false;
  let failures = 0;

  const runOnce = async (): Promise<number> => {
    try {
      const nextMs = await run(signal);
      failures = 0;
      return nextMs ?? everyMs;
    } catch (error) {
      if (signal.aborted) return 0;
      failures += 1;
      return onFailure(error, failures);
    }
  };

  const waitForNext = async (ms: number): Promise<void> => {
    waiting = new AbortController();
    if (!isRequested) await wait(ms, AbortSignal.any([signal, waiting.signal]));
    isRequested = false;
  };

  const repeat = async (): Promise<void> => {
    await waitForNext(firstAfterMs);
    while (!signal.aborted) await waitForNext(await runOnce());
  };
  const running = repeat();

  return {
    runNow: () => {
      isRequested = true;
      waiting.abort();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

function waitElapsed(ms: number, signal: AbortSignal): Promise<void> {
  return pauseUntil(elapsedMs() + ms, signal, elapsedMs);
}

function logFailure({ name, logger }: Pick<PeriodicLoopOptions, 'name' | 'logger'>) {
  return (error: unknown, failures: number): number => {
    if (failures === 1) logger.error({ err: error, task: name }, 'periodic task failed');
    return backOffMs(failures, FAILURE_BACK_OFF);
  };
}

import { ApiUnavailable, isProblem, type ApiClient, type Work, type WorkClaim } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';

export interface IdleLoopOptions {
  readonly client: Pick<ApiClient, 'claimWork'>;
  /** Describes the worker; called before each claim. */
  readonly claim: () => WorkClaim;
  readonly run: (work: Work) => Promise<void>;
  readonly isMachineIdle: () => boolean;
  readonly logger: Logger;
  /** Waits so many milliseconds, or until the signal is aborted. Default: by the clock. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A start has more urgent work. */
const FIRST_AFTER_MS = 120_000;
const EVERY_MS = 60_000;
/** Between two items. */
const NEXT_MS = 1000;

/** Claims the work that has time while the machine is idle, one piece after another. */
export function startIdleLoop({ client, claim, run, isMachineIdle, logger, wait }: IdleLoopOptions): Stoppable {
  return startPeriodicLoop({
    name: 'idle-work',
    logger,
    firstAfterMs: FIRST_AFTER_MS,
    everyMs: EVERY_MS,
    ...(wait ? { wait } : {}),
    async run(signal) {
      if (!isMachineIdle()) return undefined;
      const { work } = await client.claimWork(claim(), signal);
      if (!work) return undefined;
      await run(work);
      return NEXT_MS;
    },
    onFailure(error) {
      if (!(error instanceof ApiUnavailable) && !isProblem(error)) logger.error({ err: error }, 'idle work failed');
      return EVERY_MS;
    },
  });
}

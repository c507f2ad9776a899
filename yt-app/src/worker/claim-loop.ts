import { backOffMs, ApiUnavailable, isProblem, type ApiClient, type Work, type WorkClaim } from '@linkcast/contracts';
import { pause, type Logger } from '@linkcast/kit';

export interface ClaimLoopOptions {
  readonly client: Pick<ApiClient, 'claimWork'>;
  /** Describes the worker; called before each claim. */
  readonly claim: () => WorkClaim;
  readonly run: (work: Work) => Promise<void>;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

const BACK_OFF = { firstMs: 250, mostMs: 5000 };

/** Claims a piece of work, runs it, and claims the next one, until the worker stops. */
export async function runClaimLoop({ client, claim, run, stopping, logger }: ClaimLoopOptions): Promise<void> {
  const isStopping = (): boolean => stopping.aborted;
  let failures = 0;
  while (!isStopping()) {
    try {
      const { work } = await client.claimWork(claim(), stopping);
      failures = 0;
      if (work) await run(work);
    } catch (error) {
      if (isStopping()) return;
      if (!(error instanceof ApiUnavailable) && !isProblem(error)) throw error;
      failures += 1;
      if (failures === 1) logger.warn({ err: error }, 'API not reached');
      await pause(backOffMs(failures, BACK_OFF), stopping);
    }
  }
}

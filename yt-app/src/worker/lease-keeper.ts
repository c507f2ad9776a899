import {
  ApiUnavailable,
  isProblem,
  LEASE_SECONDS,
  type ApiClient,
  type LeaseAnswer,
  type Work,
} from '@linkcast/contracts';
import { pause, type Logger } from '@linkcast/kit';
import { WorkStopped } from './work-control.ts';

export interface LeaseKeeperOptions {
  readonly client: Pick<ApiClient, 'renewLease'>;
  readonly work: Pick<Work, 'id' | 'fence' | 'kind'>;
  /** Called at most once: the work has to stop. */
  readonly onStop: (reason: WorkStopped) => void;
  /** Called when no more of a live source is wanted; it may be called again. */
  readonly onEnough: () => void;
  /** Aborted when the work has ended. */
  readonly done: AbortSignal;
  readonly logger: Logger;
  /** Default: LEASE_SECONDS of the contract. */
  readonly leaseMs?: number;
}

const RETRY_MS = 500;

/**
 * Renews the lease of a piece of work until it has ended. While the API does not answer, the work continues as long as the
 * lease lasts. The lease counts from the moment before the last renewal was sent, so that it ends here before it ends there.
 */
export async function keepLease(options: LeaseKeeperOptions): Promise<void> {
  const { client, work, onStop, onEnough, done, logger, leaseMs = LEASE_SECONDS * 1000 } = options;
  const isDone = (): boolean => done.aborted;
  let renewedAt = performance.now();
  while (!isDone()) {
    const sentAt = performance.now();
    try {
      const late = AbortSignal.timeout(Math.max(1, Math.ceil(renewedAt + leaseMs - sentAt)));
      const answer = await client.renewLease(work.id, work.fence, AbortSignal.any([done, late]));
      if (!answer.isWanted) {
        onStop(new WorkStopped('unwanted'));
        return;
      }
      noteEnough(answer, onEnough);
      renewedAt = sentAt;
    } catch (error) {
      if (isDone()) return;
      if (isProblem(error) && error.code === 'lease-lost') {
        onStop(new WorkStopped('lease-lost'));
        return;
      }
      if (!(error instanceof ApiUnavailable) && !isProblem(error)) throw error;
      if (performance.now() - renewedAt >= leaseMs) {
        logger.warn({ [`${work.kind}Id`]: work.id, err: error }, 'lease not renewed in time');
        onStop(new WorkStopped('lease-lost'));
        return;
      }
      await pause(RETRY_MS, done);
    }
  }
}

function noteEnough({ isEnough = false }: LeaseAnswer, onEnough: () => void): void {
  if (isEnough) onEnough();
}

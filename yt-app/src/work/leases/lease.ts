import { LEASE_SECONDS, type Progress } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';

/** A worker's time-limited claim on a job or a probe. Kept in memory: a restart of the API starts every lease anew. */
export interface Lease {
  readonly id: string;
  readonly fence: number;
  readonly worker: string;
  readonly instance: string;
  /** The progress that the worker reported last; null before that. */
  progress: Progress | null;
  /** The space that the item of the job will take, in bytes; null while it is unknown. */
  reservedBytes: number | null;
  /** False once the work was cancelled. */
  readonly isWanted: boolean;
  /** True once no more of a live source is wanted. */
  readonly isEnough: boolean;
  /** Resolves when the lease has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Starts the lease's time anew. Resolves after `waitMs`, or at once when the work is to stop or to be finished. */
  renew(waitMs: number, signal: AbortSignal): Promise<void>;
  /** Makes the worker stop the work. */
  revoke(): void;
  /** Makes the worker end the recording of a live source. */
  finish(): void;
  /** Ends the lease: it does not expire any more. */
  end(): void;
}

export interface LeaseOptions {
  readonly id: string;
  readonly fence: number;
  readonly worker: string;
  readonly instance: string;
  /** Called when the lease is neither renewed nor ended in time; it has to end the lease. */
  readonly onExpired: (lease: Lease) => void;
  /** Default: that of the contract. */
  readonly leaseMs?: number;
}

/** Starts a lease. */
export function createLease({ onExpired, leaseMs = LEASE_SECONDS * 1000, ...claim }: LeaseOptions): Lease {
  const ended = Promise.withResolvers<undefined>();
  const revoked = new AbortController();
  const enough = new AbortController();
  let isEnoughKnown = false;
  let isEnded = false;
  const startTimer = (): NodeJS.Timeout => setTimeout(() => onExpired(lease), leaseMs);
  let timer = startTimer();

  const lease: Lease = {
    ...claim,
    progress: null,
    reservedBytes: null,
    get isWanted() {
      return !revoked.signal.aborted;
    },
    get isEnough() {
      return enough.signal.aborted;
    },
    ended: ended.promise,
    async renew(waitMs, signal) {
      clearTimeout(timer);
      if (!isEnded) timer = startTimer();
      await pause(waitMs, AbortSignal.any([signal, revoked.signal, ...(isEnoughKnown ? [] : [enough.signal])]));
      isEnoughKnown = enough.signal.aborted; // the answer tells it
    },
    revoke: () => revoked.abort(),
    finish: () => enough.abort(),
    end() {
      isEnded = true;
      clearTimeout(timer);
      ended.resolve(undefined);
    },
  };
  return lease;
}

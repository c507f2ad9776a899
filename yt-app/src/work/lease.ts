import { LEASE_SECONDS, type Progress } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';

/** A worker's claim on a piece of work, while it lasts. Kept in memory: a restart of the API gives every lease its full time anew. */
export interface Lease {
  readonly id: string;
  readonly fence: number;
  readonly worker: string;
  readonly instance: string;
  /** The latest that the worker reported; null before that. */
  progress: Progress | null;
  /** False once somebody has cancelled the work. */
  readonly isWanted: boolean;
  /** Resolves when the lease has ended, however that came. */
  readonly ended: Promise<void>;
  /** Gives the lease its full time again. Resolves when the wait is over, or at once when the work is not wanted any more. */
  renew(waitMs: number, signal: AbortSignal): Promise<void>;
  /** Makes the worker stop the work. */
  revoke(): void;
  /** Ends the lease: it neither expires nor counts any more. */
  end(): void;
}

export interface LeaseOptions {
  readonly id: string;
  readonly fence: number;
  readonly worker: string;
  readonly instance: string;
  readonly onExpired: () => void;
  /** Default: that of the contract. */
  readonly leaseMs?: number;
}

/** Starts a lease. When it is neither renewed nor ended in time, `onExpired` is called, which has to end it. */
export function createLease({ onExpired, leaseMs = LEASE_SECONDS * 1000, ...claim }: LeaseOptions): Lease {
  const ended = Promise.withResolvers<undefined>();
  const revoked = new AbortController();
  let timer = setTimeout(onExpired, leaseMs);
  let isEnded = false;

  return {
    ...claim,
    progress: null,
    get isWanted() {
      return !revoked.signal.aborted;
    },
    ended: ended.promise,
    async renew(waitMs, signal) {
      clearTimeout(timer);
      if (!isEnded) timer = setTimeout(onExpired, leaseMs);
      await pause(waitMs, AbortSignal.any([signal, revoked.signal]));
    },
    revoke: () => revoked.abort(),
    end() {
      isEnded = true;
      clearTimeout(timer);
      ended.resolve(undefined);
    },
  };
}

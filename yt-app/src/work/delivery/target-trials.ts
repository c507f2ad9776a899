import {
  Problem,
  type DeliveryCheck,
  type DeliveryWork,
  type WorkClaim,
  type WorkReport,
  type WorkTarget,
} from '@linkcast/contracts';
import { randomId } from '../../random-id.ts';
import { createLease, type Lease } from '../leases/lease.ts';
import { problemOf } from '../reports/reported-problem.ts';

/** Trials of targets. They are kept in memory: the requests that wait for them end with the process too. */
export interface TargetTrials {
  /** Rejects with `downloader-unavailable` when no worker takes it, with `too-many-requests`, or with the reason of the signal. */
  run(target: WorkTarget, signal: AbortSignal): Promise<DeliveryCheck>;
  claim(claim: Pick<WorkClaim, 'worker' | 'instance'>): DeliveryWork | undefined;
  lease(id: string): Lease | undefined;
  /** @throws {Problem} lease-lost. */
  report(id: string, report: WorkReport): void;
}

export interface TargetTrialsOptions {
  /** The egress proxy's URL with a ticket for the server of a target; null: it is a folder. */
  readonly proxyUrlFor: (target: WorkTarget, claimId: string) => string | null;
  /** Called when a trial waits for a worker. */
  readonly onQueued: () => void;
}

interface Trial {
  readonly target: WorkTarget;
  lease: Lease | undefined;
  readonly answer: PromiseWithResolvers<DeliveryCheck>;
}

/** A worker that runs takes a trial at once. */
const CLAIM_LIMIT_MS = 10_000;
const LIMIT_MS = 60_000;
const MOST_AT_ONCE = 5;
const FENCE = 1;

export function createTargetTrials({ proxyUrlFor, onQueued }: TargetTrialsOptions): TargetTrials {
  const pending = new Map<string, Trial>();

  return {
    async run(target, signal) {
      if (pending.size >= MOST_AT_ONCE) throw new Problem('too-many-requests');
      const id = `trial-${randomId()}`;
      const trial: Trial = { target, lease: undefined, answer: Promise.withResolvers<DeliveryCheck>() };
      const { reject } = trial.answer;
      const unclaimed = setTimeout(() => {
        if (!trial.lease) reject(new Problem('downloader-unavailable'));
      }, CLAIM_LIMIT_MS);
      const ended = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
      const stop = (): void => reject(signal.aborted ? (signal.reason as Error) : new Problem('delivery-unreachable')); // signals of requests have errors
      ended.addEventListener('abort', stop, { once: true });
      pending.set(id, trial);
      onQueued();
      try {
        return await trial.answer.promise;
      } finally {
        clearTimeout(unclaimed);
        ended.removeEventListener('abort', stop);
        trial.lease?.revoke();
        trial.lease?.end();
        pending.delete(id);
      }
    },
    claim({ worker, instance }) {
      const [id, trial] = [...pending].find(([, { lease }]) => lease === undefined) ?? [];
      if (id === undefined || trial === undefined) return undefined;
      const onExpired = (): void => trial.answer.reject(new Problem('downloader-unavailable'));
      trial.lease = createLease({ id, fence: FENCE, worker, instance, onExpired });
      const { target } = trial;
      return { kind: 'delivery', id, fence: FENCE, target, item: null, proxyUrl: proxyUrlFor(target, id) };
    },
    lease: (id) => pending.get(id)?.lease,
    report(id, report) {
      const trial = pending.get(id);
      if (!trial?.lease) throw new Problem('lease-lost');
      if (report.type === 'tried') trial.answer.resolve(checkOf(report));
      else if (report.type === 'stopped') trial.answer.reject(new Problem('downloader-unavailable'));
      else throw new Problem('lease-lost');
    },
  };
}

function checkOf({ pin, problem }: Extract<WorkReport, { type: 'tried' }>): DeliveryCheck {
  return { pin, problem: problem && problemOf(problem).toDocument() };
}

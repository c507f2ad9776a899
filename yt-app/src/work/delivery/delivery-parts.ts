import type { WorkTarget } from '@linkcast/contracts';
import type { TryTarget } from '../../deliveries/try-target.ts';
import type { JobTickets } from '../../egress/job-tickets.ts';
import type { WaitingClaims } from '../waiting-claims.ts';
import type { WorkOptions } from '../work-options.ts';
import { createDeliveryDispatcher, type DeliveryDispatcher } from './delivery-dispatcher.ts';
import { createTargetTrials } from './target-trials.ts';

/** The deliveries and the trials of targets that workers do. */
export interface DeliveryParts {
  readonly dispatcher: DeliveryDispatcher;
  readonly tryTarget: TryTarget;
  /** A delivery may be due. */
  readonly wake: () => void;
}

export interface DeliveryPartsOptions extends Pick<
  WorkOptions,
  'deliveries' | 'items' | 'library' | 'isMediaReady' | 'logger'
> {
  readonly issueFor: JobTickets['issueFor'];
  readonly waiting: WaitingClaims;
}

/** Lifetime of a delivery's ticket: a large file on a slow line. */
const TICKET_MS = 24 * 3_600_000;
const TRIAL_MS = 120_000;
/** What a server sends besides the file that is read back. */
const OVERHEAD_BYTES = 64e6;

export function createDeliveryParts({ issueFor, waiting, ...options }: DeliveryPartsOptions): DeliveryParts {
  const wake = (): void => waiting.wake('delivery');
  const ticketFor = (target: WorkTarget, claimId: string, { lifetimeMs = TICKET_MS, bytes = 0 }): string | null => {
    const { kind, host, port } = target;
    if (kind === 'folder') return null;
    const only = { host, port, isPassive: kind !== 'sftp' };
    return issueFor(only, { claimId, lifetimeMs, maxBytes: Math.ceil(1.5 * bytes) + OVERHEAD_BYTES });
  };
  const trials = createTargetTrials({
    proxyUrlFor: (target, claimId) => ticketFor(target, claimId, { lifetimeMs: TRIAL_MS }),
    onQueued: wake,
  });
  const dispatcher = createDeliveryDispatcher({
    ...{ ...options, trials, onQueued: wake },
    proxyUrlFor: (target, claimId, bytes) => ticketFor(target, claimId, { bytes }),
  });
  return { dispatcher, tryTarget: (target, signal) => trials.run(target, signal), wake };
}

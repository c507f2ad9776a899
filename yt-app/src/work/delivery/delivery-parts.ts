import type { WorkTarget } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../../activity/activity-log.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { createDeliveries, type Deliveries } from '../../deliveries/deliveries.ts';
import type { TryTarget } from '../../deliveries/try-target.ts';
import type { JobTickets } from '../../egress/job-tickets.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { Library } from '../../library/library.ts';
import type { WaitingClaims } from '../waiting-claims.ts';
import { createDeliveryDispatcher, type DeliveryDispatcher } from './delivery-dispatcher.ts';
import { createTargetTrials } from './target-trials.ts';

/** The deliveries, and the work of workers on them. */
export interface DeliveryParts extends Deliveries {
  readonly dispatcher: DeliveryDispatcher;
  readonly tryTarget: TryTarget;
  /** A delivery may be due. */
  readonly wake: () => void;
}

/** The values on which deliveries stand. */
export interface DeliverySettings {
  /** COOKIE_KEY. */
  readonly key: string;
  readonly issueFor: JobTickets['issueFor'];
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

export interface DeliveryPartsOptions {
  readonly deliveries: DeliverySettings;
  readonly database: AppDatabase;
  readonly items: ItemStore;
  readonly library: Library;
  readonly isMediaReady: () => boolean;
  readonly waiting: WaitingClaims;
  readonly logger: Logger;
}

/** Lifetime of a delivery's ticket: a large file on a slow line. */
const TICKET_MS = 24 * 3_600_000;
const TRIAL_MS = 120_000;
/** The bytes of a server besides the file that is read back. */
const OVERHEAD_BYTES = 64e6;

export function createDeliveryParts({
  deliveries: settings,
  waiting,
  ...options
}: DeliveryPartsOptions): DeliveryParts {
  const wake = (): void => waiting.wake('delivery');
  const ticketFor = (target: WorkTarget, claimId: string, { lifetimeMs = TICKET_MS, bytes = 0 }): string | null => {
    const { kind, host, port } = target;
    if (kind === 'folder') return null;
    const only = { host, port, isPassive: kind !== 'sftp' };
    return settings.issueFor(only, { claimId, lifetimeMs, maxBytes: Math.ceil(1.5 * bytes) + OVERHEAD_BYTES });
  };
  const trials = createTargetTrials({
    proxyUrlFor: (target, claimId) => ticketFor(target, claimId, { lifetimeMs: TRIAL_MS }),
    onQueued: wake,
  });
  const deliveries = createDeliveries({
    ...{ ...options, ...settings, activity: createActivityLog(options.database), onQueued: wake },
    onCancelled: (id) => dispatcher.cancel(id),
  });
  const dispatcher = createDeliveryDispatcher({
    ...{ ...options, deliveries, trials, onQueued: wake },
    proxyUrlFor: (target, claimId, bytes) => ticketFor(target, claimId, { bytes }),
  });
  return { ...deliveries, dispatcher, tryTarget: (target, signal) => trials.run(target, signal), wake };
}

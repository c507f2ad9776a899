import {
  Problem,
  type DeliveryWork,
  type LeaseAnswer,
  type WorkClaim,
  type WorkReport,
  type WorkTarget,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Deliveries } from '../../deliveries/deliveries.ts';
import type { DeliveryRecord } from '../../deliveries/delivery-store.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import { createLease, type Lease } from '../leases/lease.ts';
import { createDeliveryReports, type DeliveryReports, type DeliveryReportsOptions } from './delivery-reports.ts';
import type { TargetTrials } from './target-trials.ts';
import { deliveredItem } from './delivered-item.ts';

/** Gives deliveries and trials of targets to workers, one lease each. */
export interface DeliveryDispatcher {
  claim(claim: Pick<WorkClaim, 'worker' | 'instance'>): Promise<DeliveryWork | undefined>;
  /** A delivery was cancelled: makes its worker stop. */
  cancel(id: string): void;
  /** @throws {Problem} lease-lost. */
  lease(id: string, fence: number): Lease;
  /** @throws {Problem} lease-lost. */
  report(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
  has(id: string): boolean;
  /** Ends the leases of an instance of a worker that another one has replaced. */
  replaceInstance(claim: Pick<WorkClaim, 'worker' | 'instance'>): Promise<void>;
  /** Queues what was running when the API ended. Once, at start. */
  recover(): Promise<void>;
  stop(): void;
}

export interface DeliveryDispatcherOptions extends DeliveryReportsOptions {
  readonly deliveries: Pick<Deliveries, 'store' | 'targets'>;
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly trials: TargetTrials;
  /** The egress proxy's URL with a ticket for the server of a target; null: it is a folder. */
  readonly proxyUrlFor: (target: WorkTarget, claimId: string, bytes: number) => string | null;
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** From an attempt to release a delivery to the next one. */
const RETRY_MS = 5000;

export function createDeliveryDispatcher(options: DeliveryDispatcherOptions): DeliveryDispatcher {
  const { deliveries, trials, isMediaReady, logger } = options;
  const { store } = deliveries;
  const reports = createDeliveryReports(options);
  const { leases, end, release, expire } = createRunning(reports, logger);
  const need = (id: string, fence: number): Lease => {
    const lease = leases.get(id) ?? trials.lease(id);
    if (lease?.fence !== fence) throw new Problem('lease-lost');
    return lease;
  };

  return {
    async claim(claim) {
      const trial = trials.claim(claim);
      if (trial || !isMediaReady()) return trial;
      const record = await store.claim();
      if (!record) return undefined;
      const { id, fence } = record;
      const lease = createLease({ id, fence, worker: claim.worker, instance: claim.instance, onExpired: expire });
      leases.set(id, lease); // from now on, what fails here is given out again when the lease expires
      const work = await workOf(record, options);
      if (work instanceof Problem) {
        await reports.failed(id, fence, work);
        end(lease);
        return undefined;
      }
      if ((await store.get(id))?.state !== 'running') lease.revoke(); // cancelled meanwhile
      return work;
    },
    cancel: (id) => leases.get(id)?.revoke(),
    lease: need,
    async report(id, fence, report) {
      const lease = need(id, fence);
      if (trials.lease(id)) trials.report(id, report);
      else {
        await reports.take(id, fence, report);
        end(lease);
      }
      return { isWanted: lease.isWanted };
    },
    has: (id) => leases.has(id) || trials.lease(id) !== undefined,
    async replaceInstance({ worker, instance }) {
      const replaced = [...leases.values()].filter((lease) => lease.worker === worker && lease.instance !== instance);
      for (const lease of replaced) await release(lease, 'worker restarted');
    },
    recover: () => store.recover(),
    stop() {
      for (const lease of leases.values()) end(lease);
    },
  };
}

/** The leases of the deliveries that workers have, and their ends. */
function createRunning(reports: Pick<DeliveryReports, 'released'>, logger: DeliveryDispatcherOptions['logger']) {
  const leases = new Map<string, Lease>();

  const end = (lease: Lease): void => {
    lease.end();
    if (leases.get(lease.id) === lease) leases.delete(lease.id);
  };
  const release = async (lease: Lease, reason: string): Promise<void> => {
    await reports.released(lease.id, lease.fence);
    end(lease);
    logger.warn({ deliveryId: lease.id, reason }, 'delivery interrupted');
  };
  /** While the database cannot be written, the lease stays, and its end is tried again. */
  const expire = (lease: Lease): void => {
    release(lease, 'lease expired').catch((error: unknown) => {
      logger.warn({ deliveryId: lease.id, err: error }, 'delivery not released');
      setTimeout(() => leases.get(lease.id) === lease && expire(lease), RETRY_MS).unref();
    });
  };
  return { leases, end, release, expire };
}

/** The work of a delivery that was claimed; a problem: it cannot be delivered. */
async function workOf(
  { id, fence, targetId, mediaId }: DeliveryRecord,
  { deliveries: { targets }, items, proxyUrlFor }: DeliveryDispatcherOptions,
): Promise<DeliveryWork | Problem> {
  const item = await items.getListed(mediaId);
  if (item?.state !== 'ready') return new Problem('not-found');
  const target = targets.forWork(await targets.need(targetId));
  if (!target) return new Problem('delivery-login'); // the secret cannot be read: give it again
  const proxyUrl = proxyUrlFor(target, `${id}.${fence}`, item.bytes);
  return { kind: 'delivery', id, fence, target, item: deliveredItem(item), proxyUrl };
}

import { Problem, type DecodeWork, type LeaseAnswer, type WorkClaim, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobStore } from '../../jobs/job-store.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { ItemRecord } from '../../library/items/item-table.ts';
import type { Library } from '../../library/library.ts';
import { randomId } from '../../random-id.ts';
import { createLease, type Lease } from '../leases/lease.ts';
import type { Leases } from '../leases/leases.ts';

/** Gives published items to workers, which decode them as a whole: one at a time, each once, and while no job runs or waits. */
export interface DecodeDispatcher {
  /** Answers at once; undefined: there is other work, or nothing to decode. */
  claim(claim: Pick<WorkClaim, 'worker' | 'instance'>): Promise<DecodeWork | undefined>;
  /** A job has come: makes the worker stop. The item is given out again later. */
  interrupt(): void;
  /** @throws {Problem} lease-lost. */
  lease(id: string, fence: number): Lease;
  /** @throws {Problem} lease-lost. */
  report(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
  has(id: string): boolean;
  stop(): void;
}

export interface DecodeDispatcherOptions {
  readonly items: Pick<ItemStore, 'nextToDecode'>;
  readonly store: Pick<JobStore, 'countDue' | 'lastRepair'>;
  readonly library: Pick<Library, 'scrub'>;
  /** The leases of jobs. */
  readonly leases: Pick<Leases, 'all'>;
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

const FENCE = 1;
/** An item whose decoding failed for another reason than its content is tried again after so long. */
const RETRY_MS = 86_400_000;
/** With so many of them, something is wrong with the machine: nothing is decoded. */
const MOST_FAILED = 100;

export function createDecodeDispatcher(options: DecodeDispatcherOptions): DecodeDispatcher {
  const { items, store, library, leases, isMediaReady, logger, clock = Date.now } = options;
  /** The items whose decoding failed, and when they are tried again. */
  const failed = new Map<string, number>();
  let current: { readonly lease: Lease; readonly item: ItemRecord } | undefined;
  let arrivals = 0;

  const isIdle = (): boolean => isMediaReady() && current === undefined && leases.all().length === 0;
  const next = async (): Promise<ItemRecord | undefined> => {
    for (const [id, atMs] of failed) if (atMs <= clock()) failed.delete(id);
    if (!isIdle() || failed.size >= MOST_FAILED || (await store.countDue(clock())) > 0) return undefined;
    return items.nextToDecode([...failed.keys()]);
  };
  const end = (lease: Lease): void => {
    lease.end();
    if (current?.lease === lease) current = undefined;
  };
  const need = (id: string, fence: number): NonNullable<typeof current> => {
    if (current?.lease.id !== id || current.lease.fence !== fence) throw new Problem('lease-lost');
    return current;
  };
  /** @returns false when the report is none about a decode. */
  const take = async (item: ItemRecord, report: WorkReport): Promise<boolean> => {
    const { id: mediaId } = item;
    if (report.type === 'decoded') {
      const isSecondCopy = (await store.lastRepair(mediaId))?.state === 'ready';
      await library.scrub.noteDecoded({ item, damage: report.damage, isSecondCopy });
      logger.info({ mediaId, damage: report.damage }, 'item decoded');
    } else if (report.type === 'failed') {
      if (isMediaReady()) failed.set(mediaId, clock() + RETRY_MS);
      logger.warn({ mediaId, problem: report.problem.code }, 'item not decoded');
    } else return report.type === 'stopped';
    return true;
  };

  return {
    async claim({ worker, instance }) {
      const before = arrivals;
      const item = await next();
      if (!item || before !== arrivals || !isIdle()) return undefined; // a job, or another claim, has come meanwhile
      const lease = createLease({ id: randomId(), fence: FENCE, worker, instance, onExpired: end });
      current = { lease, item };
      const renditions = item.renditions.map(({ name, kind }) => ({ name, kind }));
      return { kind: 'decode', id: lease.id, fence: FENCE, mediaId: item.id, renditions, hasFile: item.hasFile };
    },
    interrupt() {
      arrivals += 1;
      current?.lease.revoke();
    },
    lease: (id, fence) => need(id, fence).lease,
    async report(id, fence, report) {
      const { item, lease } = need(id, fence);
      if (!(await take(item, report))) throw new Problem('lease-lost');
      end(lease);
      return { isWanted: true };
    },
    has: (id) => current?.lease.id === id,
    stop() {
      if (current) end(current.lease);
    },
  };
}

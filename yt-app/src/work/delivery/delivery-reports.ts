import { Problem, type DeliveredFile, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { isRemovedAfter } from '../../deliveries/delivery-rule.ts';
import type { Deliveries } from '../../deliveries/deliveries.ts';
import { toJobProblem } from '../../jobs/job-problem.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { Library } from '../../library/library.ts';
import { problemOf } from '../reports/reported-problem.ts';
import { pauseBeforeAttempt } from './delivery-retry.ts';

/** Applies the reports of workers about deliveries. What is not in the state of the claim any more stays as it is. */
export interface DeliveryReports {
  /** @throws {Problem} lease-lost. */
  take(id: string, fence: number, report: WorkReport): Promise<void>;
  /** The delivery has failed: it waits for its next attempt, or has failed for good. */
  failed(id: string, fence: number, problem: Problem): Promise<void>;
  /** Its worker vanished, or has stopped: it is given out again. */
  released(id: string, fence: number): Promise<void>;
}

export interface DeliveryReportsOptions {
  readonly deliveries: Pick<Deliveries, 'store' | 'targets'>;
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly library: { readonly trash: Pick<Library['trash'], 'addIf'> };
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Called when a delivery may be due. */
  readonly onQueued: () => void;
}

/** A worker that vanished may come back: another attempt at once would meet the same. */
const INTERRUPTED_MS = 5000;

export function createDeliveryReports(options: DeliveryReportsOptions): DeliveryReports {
  const { deliveries, logger, onQueued } = options;
  const { store } = deliveries;
  const running = (id: string, fence: number) => ({ id, fence, states: ['running'] }) as const;

  const failed = async (id: string, fence: number, problem: Problem): Promise<void> => {
    const attempts = (await store.get(id))?.attempts ?? 0;
    const pauseMs = pauseBeforeAttempt(problem.code, attempts, Math.random());
    const state = pauseMs === undefined ? 'failed' : 'queued';
    const change = { state, pauseMs: pauseMs ?? 0, attempts: attempts + 1, problem: toJobProblem(problem) } as const;
    if (await store.change(running(id, fence), change))
      logger.warn({ deliveryId: id, problem: problem.code, state }, 'delivery failed');
  };
  const delivered = async (id: string, fence: number, file: DeliveredFile): Promise<void> => {
    const change = { state: 'delivered', file, problem: null } as const;
    const record = await store.change(running(id, fence), change);
    if (!record) return; // cancelled in the last moment: the file stays, the item too
    logger.info({ deliveryId: id, mediaId: record.mediaId, proof: file.proof }, 'delivery completed');
    await removeAfter(record.mediaId, record.targetId, file, options);
  };
  const released = async (id: string, fence: number): Promise<void> => {
    if (await store.change(running(id, fence), { state: 'queued', pauseMs: INTERRUPTED_MS })) onQueued();
  };

  return {
    failed,
    released,
    async take(id, fence, report) {
      if (report.type === 'delivered') await delivered(id, fence, report.file);
      else if (report.type === 'failed') await failed(id, fence, problemOf(report.problem));
      else if (report.type === 'stopped') await released(id, fence);
      else throw new Problem('lease-lost');
      onQueued(); // the next one of the same target
    },
  };
}

/** Moves the item to the trash when its target says so, and the file was read back: its size alone is not enough. */
async function removeAfter(
  mediaId: string,
  targetId: string,
  { proof }: DeliveredFile,
  { deliveries, items, library, logger }: DeliveryReportsOptions,
): Promise<void> {
  if (proof !== 'checksum') return;
  const mayGo = async (): Promise<boolean> => {
    const item = await items.getListed(mediaId);
    return item !== undefined && !item.isKept && isRemovedAfter(await deliveries.targets.need(targetId), item);
  };
  if (await library.trash.addIf(mediaId, mayGo))
    logger.info({ mediaId, targetId }, 'media moved to trash after its delivery');
}

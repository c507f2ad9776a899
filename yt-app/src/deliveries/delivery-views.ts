import { Problem, type Delivery, type DeliveryTarget } from '@linkcast/contracts';
import type { DeliveryRecord } from './delivery-store.ts';
import type { TargetRecord } from './target-store.ts';

/** A target as the API shows it: without its secret. */
export function targetView({ id, settings, isPaused, createdAt }: TargetRecord): DeliveryTarget {
  return { id, ...settings, isPaused, createdAt: new Date(createdAt).toISOString() };
}

/** A delivery as the API shows it. @param targetName of its target. */
export function deliveryView(record: DeliveryRecord, targetName: string): Delivery {
  const { id, targetId, mediaId, title, state, problem, attempts, notBefore, file } = record;
  return {
    ...{ id, targetId, targetName, mediaId, title, state, attempts },
    problem: problem && new Problem(problem.code, problem.facts).toDocument(),
    nextAttemptAt: state === 'queued' && attempts > 0 ? new Date(notBefore).toISOString() : null,
    ...{ path: file?.path ?? null, proof: file?.proof ?? null, bytes: file?.bytes ?? null },
    createdAt: new Date(record.createdAt).toISOString(),
    changedAt: new Date(record.changedAt).toISOString(),
  };
}

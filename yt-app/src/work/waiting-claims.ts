import type { WorkKind } from '@linkcast/contracts';

/** A claim that waits for work. */
export interface Waiter {
  /** Aborted when there may be work for it. */
  readonly woken: AbortSignal;
  leave(): void;
}

/** Claims that wait for work, in the order of their arrival. */
export interface WaitingClaims {
  /** Joins the waiting claims. To be called before the queue is read: work that is queued in between wakes the claim. */
  join(kind: WorkKind): Waiter;
  /** Wakes the claim of this kind that has waited longest. */
  wake(kind: WorkKind): void;
}

export function createWaitingClaims(): WaitingClaims {
  const waiting: Record<WorkKind, Set<AbortController>> = {
    job: new Set(),
    probe: new Set(),
    decode: new Set(),
    delivery: new Set(),
  };

  return {
    join(kind) {
      const controller = new AbortController();
      waiting[kind].add(controller);
      return { woken: controller.signal, leave: () => void waiting[kind].delete(controller) };
    },
    wake(kind) {
      const [first] = waiting[kind];
      if (first === undefined) return;
      waiting[kind].delete(first);
      first.abort();
    },
  };
}

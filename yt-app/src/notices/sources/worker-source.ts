import { message } from '@linkcast/texts';
import type { WorkerRegistry } from '../../work/worker-registry.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Time from the start of the API within which a worker that runs has claimed work. */
const FIRST_CLAIM_MS = 60_000;
const LASTS_MS = 300_000;

/** Observes that no worker is connected for five minutes. */
export function createWorkerSource(
  workers: Pick<WorkerRegistry, 'present'>,
  clock: () => number = Date.now,
): NoticeSource {
  const startedAt = clock();
  return {
    name: 'worker',
    observe() {
      if (workers.present().length > 0) return Promise.resolve([]);
      if (clock() - startedAt <= FIRST_CLAIM_MS) return Promise.resolve(undefined);
      return Promise.resolve([
        {
          code: 'worker-missing',
          severity: 'critical',
          message: message('worker-missing-notice'),
          action: message('do-start-worker'),
          opensAfterMs: LASTS_MS,
        },
      ]);
    },
  };
}

import { message } from '@linkcast/texts';
import type { Deliveries } from '../../deliveries/deliveries.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Observes the targets to which deliveries have failed for good. */
export function createDeliverySource({ store, targets }: Pick<Deliveries, 'store' | 'targets'>): NoticeSource {
  return {
    name: 'deliveries',
    async observe() {
      const failed = new Map((await store.countFailed()).map(({ targetId, count }) => [targetId, count]));
      if (failed.size === 0) return [];
      return (await targets.list()).flatMap(({ id, name }) => {
        const count = failed.get(id);
        if (count === undefined) return [];
        return [
          {
            code: `deliveries-failed-${id}`,
            severity: 'warning' as const,
            message: message('deliveries-failed-notice', { name, count }),
            action: message('do-check-deliveries'),
          },
        ];
      });
    },
  };
}

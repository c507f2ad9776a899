import { message } from '@linkcast/texts';
import type { ItemRecord } from '../../library/items/item-table.ts';
import type { Library } from '../../library/library.ts';
import type { NoticeSource } from '../notice-source.ts';

/**
 * Observes published items whose files are missing, cut short or changed: one notice for those that are downloaded again, and one
 * for those that cannot be.
 */
export function createDamageSource({ scrub }: Pick<Library, 'scrub'>): NoticeSource {
  return {
    name: 'files of items',
    async observe() {
      const damaged = await scrub.damaged();
      const lost = damaged.filter(isLost).length;
      const repaired = damaged.length - lost;
      return [
        ...(repaired === 0 ? [] : [condition('items-damaged', repaired, 'do-check-item-disk')]),
        ...(lost === 0 ? [] : [condition('items-lost', lost, 'do-replace-items')]),
      ];
    },
  };
}

function isLost({ damage }: ItemRecord): boolean {
  return damage?.repair === 'failed';
}

function condition(
  code: 'items-damaged' | 'items-lost',
  count: number,
  action: 'do-check-item-disk' | 'do-replace-items',
) {
  return {
    ...{ code, severity: 'warning' as const },
    ...{ message: message(`${code}-notice`, { count }), action: message(action) },
  };
}

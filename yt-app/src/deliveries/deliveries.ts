import { Problem, type Delivery } from '@linkcast/contracts';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { hostOf } from '../egress/source-url.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { LibraryItem } from '../library/items/item-table.ts';
import { isRuled } from './delivery-rule.ts';
import { createDeliveryStore, type DeliveryRecord, type DeliveryStore } from './delivery-store.ts';
import { createDeliveryTargets, type DeliveryTargets } from './delivery-targets.ts';
import { deliveryView } from './delivery-views.ts';
import { createTargetStore } from './target-store.ts';

/** The deliveries of items to targets. */
export interface Deliveries {
  readonly targets: DeliveryTargets;
  readonly store: DeliveryStore;
  /** The last ones. */
  list(): Promise<Delivery[]>;
  /** Queues an item, also one that has arrived before. @throws {Problem} not-found; conflict: the item is not ready. */
  request(mediaId: string, targetId: string): Promise<Delivery>;
  /** Within the transaction in which an item becomes ready: queues it for the targets whose rules take it. */
  onItemReady(item: LibraryItem): Promise<void>;
  /** Queues one again that has ended, or waits for its next attempt. @throws {Problem} not-found; conflict: it runs. */
  retry(id: string): Promise<Delivery>;
  /** @throws {Problem} not-found; conflict: it has ended. */
  cancel(id: string): Promise<void>;
}

export interface DeliveriesOptions {
  readonly database: AppDatabase;
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly activity: Pick<ActivityLog, 'append'>;
  /** COOKIE_KEY. */
  readonly key: string;
  /** Called when a delivery may be due. */
  readonly onQueued: () => void;
  /** Called when a delivery was cancelled: ends the work on it. */
  readonly onCancelled: (id: string) => void;
  readonly clock?: () => number;
}

/** Ended deliveries are listed for so long. */
const KEPT_MS = 90 * 86_400_000;

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { database, items, onQueued, onCancelled, clock = Date.now } = options;
  const targetStore = createTargetStore(database);
  const targets = createDeliveryTargets({ ...options, store: targetStore });
  const store = createDeliveryStore(database, clock);
  const view = async (record: DeliveryRecord): Promise<Delivery> =>
    deliveryView(record, (await targets.need(record.targetId)).settings.name);
  const need = async (id: string): Promise<DeliveryRecord> => {
    const found = await store.get(id);
    if (!found) throw new Problem('not-found');
    return found;
  };

  return {
    targets,
    store,
    async list() {
      const names = new Map((await targets.list()).map(({ id, name }) => [id, name]));
      return (await store.list()).map((record) => deliveryView(record, names.get(record.targetId) ?? ''));
    },
    async request(mediaId, targetId) {
      await targets.need(targetId);
      const item = await items.getListed(mediaId);
      if (!item) throw new Problem('not-found');
      if (item.state !== 'ready') throw new Problem('conflict');
      const record = await store.queue({ targetId, mediaId, title: item.title });
      onQueued();
      return view(record);
    },
    async onItemReady(item) {
      const stored = await targetStore.list();
      if (stored.length === 0) return;
      await store.prune(clock() - KEPT_MS);
      const collectionIds = await collectionsOf(database, item.id);
      const ruled = { ...item, host: sourceHost(item.sourceUrl), collectionIds };
      const chosen = stored.filter((target) => isRuled(target, ruled));
      for (const { id: targetId } of chosen) await store.queue({ targetId, mediaId: item.id, title: item.title });
      if (chosen.length > 0) database.afterCommit(onQueued);
    },
    async retry(id) {
      await need(id);
      const again = { state: 'queued', attempts: 0, pauseMs: 0, problem: null } as const;
      const changed = await store.change({ id, states: ['queued', 'failed', 'cancelled', 'delivered'] }, again);
      if (!changed) throw new Problem('conflict');
      onQueued();
      return view(changed);
    },
    async cancel(id) {
      await need(id);
      if (!(await store.change({ id, states: ['queued', 'running'] }, { state: 'cancelled' })))
        throw new Problem('conflict');
      onCancelled(id);
    },
  };
}

async function collectionsOf(database: AppDatabase, mediaId: string): Promise<string[]> {
  const tables = database.tables<{ collection_items: { collection_id: string; media_id: string } }>();
  const members = tables.selectFrom('collection_items').select('collection_id').where('media_id', '=', mediaId);
  return (await members.execute()).map(({ collection_id: id }) => id);
}

/** Own files have no host. */
function sourceHost(sourceUrl: string): string {
  const url = URL.parse(sourceUrl);
  return url && /^https?:$/.test(url.protocol) ? hostOf(url) : '';
}

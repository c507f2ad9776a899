import type { MediaType } from '@linkcast/contracts';
import type { EventLog } from '../../events/event-log.ts';
import type { StoredEvent } from '../../events/stored-event.ts';
import type { ItemRecord } from './item-table.ts';
import { itemView } from './item-view.ts';

/** Stores the events of items, in the transaction of a change. The station shows its tracks: it changes with them. */
export interface ItemEvents {
  appendItem(item: ItemRecord): void;
  appendRemoval(item: Pick<ItemRecord, 'id' | 'type'>): void;
}

export function createItemEvents(events: Pick<EventLog, 'append'>): ItemEvents {
  const append = (event: StoredEvent, type: MediaType): void => {
    events.append(event);
    if (type === 'audio') events.append({ name: 'station' });
  };
  return {
    appendItem: (item) => append({ name: 'media', data: itemView(item) }, item.type),
    appendRemoval: ({ id, type }) => append({ name: 'media-deleted', data: { id } }, type),
  };
}

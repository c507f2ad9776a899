import type { EventLog } from '../../events/event-log.ts';
import type { StoredEvent } from '../../events/stored-event.ts';
import type { ItemRecord } from './item-table.ts';
import { itemView } from './item-view.ts';

/** Stores the events of items, in the transaction of a change. The station shows tracks that are for everyone: it changes with them. */
export interface ItemEvents {
  appendItem(item: ItemRecord): void;
  appendRemoval(item: Pick<ItemRecord, 'id' | 'type' | 'visibility' | 'personId'>): void;
}

export function createItemEvents(events: Pick<EventLog, 'append'>): ItemEvents {
  const append = (event: StoredEvent, { type, visibility }: Pick<ItemRecord, 'type' | 'visibility'>): void => {
    events.append(event);
    if (type === 'audio' && visibility === 'everyone') events.append({ name: 'station' });
  };
  return {
    appendItem: (item) => append({ name: 'media', data: itemView(item) }, item),
    appendRemoval(item) {
      const { id, visibility, personId } = item;
      append({ name: 'media-deleted', data: visibility === 'everyone' ? { id } : { id, visibility, personId } }, item);
    },
  };
}

import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ItemListener } from './items/item-listener.ts';
import { createItemStore, type ItemStore } from './items/item-store.ts';
import { createLibrary, type Library } from './library.ts';
import { createLibraryVolume, type LibraryVolume } from './volume/library-volume.ts';
import { createVolumeWatch, type VolumeWatch } from './volume/volume-watch.ts';

/** The library: its rows, its directories, and the volume that they are on. */
export interface LibraryParts {
  readonly items: ItemStore;
  readonly library: Library;
  readonly volume: LibraryVolume;
  readonly watch: VolumeWatch;
}

export interface LibraryPartsOptions {
  readonly database: AppDatabase;
  readonly mediaDir: string;
  readonly events: Pick<EventLog, 'append'>;
  /** Called in the transaction of a change of an item. */
  readonly listener: ItemListener;
  readonly logger: Logger;
}

export function createLibraryParts(options: LibraryPartsOptions): LibraryParts {
  const { database, mediaDir, logger } = options;
  const items = createItemStore(options);
  const volume = createLibraryVolume({ mediaDir, database, itemIds: () => items.ids(), logger });
  return {
    items,
    volume,
    library: createLibrary({ store: items, mediaDir, volume, logger }),
    watch: createVolumeWatch({ volume, logger }),
  };
}

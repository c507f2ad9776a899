import { statfs } from 'node:fs/promises';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { MetricSource } from '../metric-source.ts';

export interface StorageMetricsOptions {
  readonly mediaDir: string;
  /** Part of the disk that may be in use, 0 to 1: STORAGE_LIMIT. */
  readonly storageLimit: number;
  /** Reports whether the media volume is present; otherwise MEDIA_DIR is on another disk. */
  readonly isMediaPresent: () => boolean;
  readonly items: Pick<ItemStore, 'countUndecoded' | 'trashBytes'>;
}

/** The disk of the library. */
export function createStorageMetrics({
  mediaDir,
  storageLimit,
  isMediaPresent,
  items,
}: StorageMetricsOptions): MetricSource {
  return {
    name: 'storage',
    gauges: {
      linkcast_media_present: { help: '1: the media volume is there; 0: nothing of the library can be read.' },
      linkcast_storage_size_bytes: { help: 'Size of the disk of the library.' },
      linkcast_storage_free_bytes: { help: 'Free space on it.' },
      linkcast_storage_used_bytes: { help: 'Used space on it, by whatever.' },
      linkcast_storage_limit_bytes: { help: 'Used space up to which downloads start (STORAGE_LIMIT).' },
      linkcast_storage_free_inodes: { help: 'Files that can still be made; left out where there is no fixed number.' },
      linkcast_trash_bytes: { help: 'Space that the items in the trash take.' },
      linkcast_undecoded_items: {
        help: 'Items that were not decoded as a whole yet, which happens while nothing else runs.',
      },
    },
    async read() {
      const isPresent = isMediaPresent();
      const disk = isPresent ? await statfs(mediaDir) : undefined;
      const size = disk && disk.blocks * disk.bsize;
      const free = disk && disk.bavail * disk.bsize;
      return {
        linkcast_media_present: isPresent ? 1 : 0,
        linkcast_storage_size_bytes: size,
        linkcast_storage_free_bytes: free,
        linkcast_storage_used_bytes: size === undefined || free === undefined ? undefined : size - free,
        linkcast_storage_limit_bytes: size && Math.round(size * storageLimit),
        linkcast_storage_free_inodes: disk && disk.files > 0 ? disk.ffree : undefined,
        linkcast_trash_bytes: await items.trashBytes(),
        linkcast_undecoded_items: await items.countUndecoded(),
      };
    },
  };
}

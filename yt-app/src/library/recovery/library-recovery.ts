import type { Logger } from '@linkcast/kit';
import { inspectItemFolder } from './item-folder.ts';
import { rebuildItem } from './item-rebuild.ts';
import type { ItemDirectories } from '../files/item-directories.ts';
import { readMediaJson } from '../files/media-json.ts';
import type { ItemStore } from '../items/item-store.ts';

/** What a recovery did. */
export interface Recovery {
  /** How many rows were made again from `media.json`. */
  readonly restored: number;
  /** How many rows had no directory. */
  readonly dropped: number;
  /** How many directories were half-made, and belonged to nobody. */
  readonly removed: number;
  /** Ids of the items whose `media.json` was lost, made again from their media files. */
  readonly rebuilt: readonly string[];
  /** Ids of the directories that could not be understood: they stay, without a row. */
  readonly kept: readonly string[];
}

/** What the jobs know of the directories. */
export interface RecoveryClaims {
  /** Items of jobs that are not ready: what is in their directories is half-made. */
  readonly unfinished: ReadonlySet<string>;
  /** Of them, those that a worker is making now: they stay as they are. */
  readonly leased: ReadonlySet<string>;
  /** Is there neither a job nor an item in the database? It may have been lost: then no directory is removed. */
  readonly isDatabaseNew: boolean;
}

interface RecoveryOptions {
  readonly store: ItemStore;
  readonly directories: ItemDirectories;
  readonly claims: RecoveryClaims;
  readonly logger: Logger;
}

/** Makes the rows and the directories agree; the files decide what exists, `media.json` what it is. */
export async function recoverLibrary(options: RecoveryOptions): Promise<Recovery> {
  const { store, directories, claims, logger } = options;
  const onDisk = await directories.ids();
  const rows = new Set(store.ids());
  const found: [id: string, Adoption][] = [];
  for (const id of onDisk) if (!rows.has(id) && !claims.leased.has(id)) found.push([id, await adopt(id, options)]);
  const present = new Set(onDisk);
  const gone = [...rows].filter((id) => !present.has(id));
  for (const id of gone) store.remove(id);
  await directories.sweep();

  const idsOf = (what: Adoption): string[] => found.filter(([, one]) => one === what).map(([id]) => id);
  const recovery: Recovery = {
    restored: idsOf('restored').length,
    dropped: gone.length,
    removed: idsOf('removed').length,
    rebuilt: idsOf('rebuilt'),
    kept: idsOf('kept'),
  };
  logger.info(recovery, 'library checked');
  return recovery;
}

type Adoption = 'restored' | 'rebuilt' | 'removed' | 'kept';

/** Decides about a directory without a row. */
async function adopt(id: string, { store, directories, claims, logger }: RecoveryOptions): Promise<Adoption> {
  const directory = directories.of(id);
  const reading = await readMediaJson(directory);
  if (reading.kind === 'unreadable') return 'kept'; // of a newer version, or the disk is failing
  if (reading.kind === 'facts' && reading.facts.id === id && reading.facts.state === 'ready') {
    store.save(reading.facts);
    return 'restored';
  }
  const remove = async (): Promise<Adoption> => {
    await directories.discard(id);
    return 'removed';
  };
  if (claims.unfinished.has(id)) return remove();
  try {
    const folder = await inspectItemFolder(directory);
    if (folder.renditions.length > 0) {
      store.save(await rebuildItem(id, directory, folder));
      return 'rebuilt';
    }
    return folder.hasMedia || (claims.isDatabaseNew && !folder.isEmpty) ? 'kept' : await remove();
  } catch (error) {
    logger.error({ mediaId: id, err: error }, 'a directory of the library cannot be read');
    return 'kept';
  }
}

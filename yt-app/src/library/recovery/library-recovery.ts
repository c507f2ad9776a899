import type { Logger } from '@linkcast/kit';
import { inspectItemFolder } from './item-folder.ts';
import { rebuildItem } from './item-rebuild.ts';
import type { ItemDirectories } from '../files/item-directories.ts';
import { readMediaJson } from '../files/media-json.ts';
import type { ItemStore } from '../items/item-store.ts';

/** The result of a recovery. */
export interface Recovery {
  /** Number of rows that were restored from `media.json`. */
  readonly restored: number;
  /** Number of rows that were deleted because their directory was missing. */
  readonly dropped: number;
  /** Number of unfinished directories that were removed. */
  readonly removed: number;
  /** Ids of the items that were rebuilt from their media files, because `media.json` was lost. */
  readonly rebuilt: readonly string[];
  /** Ids of the directories that could not be identified: they stay, without a row. */
  readonly kept: readonly string[];
}

/** The jobs' claims on directories. */
export interface RecoveryClaims {
  /** Items of jobs that are not ready: their directories are unfinished. */
  readonly unfinished: ReadonlySet<string>;
  /** Those of them that a worker is making now: they are left alone. */
  readonly leased: ReadonlySet<string>;
  /** True when the database has neither a job nor an item: it may have been lost, so no directory is removed. */
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
  const rows = new Set(await store.ids());
  const found: [id: string, Adoption][] = [];
  for (const id of onDisk) if (!rows.has(id) && !claims.leased.has(id)) found.push([id, await adopt(id, options)]);
  const present = new Set(onDisk);
  const missing = [...rows].filter((id) => !present.has(id));
  for (const id of missing) await store.remove(id);
  await directories.sweep();

  const idsOf = (what: Adoption): string[] => found.filter(([, one]) => one === what).map(([id]) => id);
  const recovery: Recovery = {
    restored: idsOf('restored').length,
    dropped: missing.length,
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
    await store.save(reading.facts);
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
      await store.save(await rebuildItem(id, directory, folder));
      return 'rebuilt';
    }
    return folder.hasMedia || (claims.isDatabaseNew && !folder.isEmpty) ? 'kept' : await remove();
  } catch (error) {
    logger.error({ mediaId: id, err: error }, 'library directory unreadable');
    return 'kept';
  }
}

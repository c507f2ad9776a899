import type { Logger } from '@linkcast/kit';
import type { MediaDirectories } from './media-directories.ts';
import { readMediaFile } from './media-file.ts';
import type { MediaStore } from './media-store.ts';

/** How many of each were found. */
export interface Recovery {
  /** Rows made again from `media.json`. */
  readonly restored: number;
  /** Rows without a directory. */
  readonly dropped: number;
  /** Directories that belonged to nobody. */
  readonly removed: number;
}

interface RecoveryOptions {
  readonly store: MediaStore;
  readonly directories: MediaDirectories;
  readonly logger: Logger;
}

/** Makes the rows and the directories agree; the files decide what exists, `media.json` what it is. */
export async function recoverLibrary({ store, directories, logger }: RecoveryOptions): Promise<Recovery> {
  const onDisk = await directories.ids();
  const rows = new Set(store.ids());
  const found: Adoption[] = [];
  for (const id of onDisk) if (!rows.has(id)) found.push(await adopt(id, { store, directories, logger }));
  const present = new Set(onDisk);
  const gone = [...rows].filter((id) => !present.has(id));
  for (const id of gone) store.remove(id);
  await directories.sweep();

  const count = (what: Adoption): number => found.filter((one) => one === what).length;
  const recovery = { restored: count('restored'), dropped: gone.length, removed: count('removed') };
  logger.info(recovery, 'library checked');
  return recovery;
}

type Adoption = 'restored' | 'removed' | 'left';

async function adopt(id: string, { store, directories, logger }: RecoveryOptions): Promise<Adoption> {
  const reading = await readMediaFile(directories.of(id));
  if (reading.kind === 'unreadable') {
    logger.warn({ mediaId: id }, 'media.json cannot be read, or is from a newer version: left alone');
    return 'left';
  }
  if (reading.kind === 'facts' && reading.facts.id === id && reading.facts.state === 'ready') {
    store.save(reading.facts);
    return 'restored';
  }
  await directories.discard(id);
  return 'removed';
}

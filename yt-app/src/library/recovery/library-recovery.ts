import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '@linkcast/kit';
import { examineFolder, type FolderFinding } from './folder-examination.ts';
import { slices } from '../../slices.ts';
import type { RecoveryClaims } from './recovery-claims.ts';
import type { ItemDirectories } from '../files/item-directories.ts';
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

export interface RecoveryOptions {
  readonly store: ItemStore;
  readonly directories: ItemDirectories;
  readonly claims: RecoveryClaims;
  readonly logger: Logger;
  /** Runs one batch while no call renames or deletes an item. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** Rejects when the media volume is missing: then nothing on it counts as deleted. */
  readonly requireVolume: () => Promise<void>;
  /** Ends the recovery after the current batch; it then rejects. */
  readonly signal: AbortSignal;
}

/** Items of one batch: a call that renames or deletes waits so long. */
const BATCH_ITEMS = 2400;
/** Rows of one transaction: SQLite's index of words takes half the time with several hundred than with single ones. */
const ROWS_PER_WRITE = 800;
/** Directories that are read at once. */
const PARALLEL_READS = 32;

/**
 * Makes the rows and the directories agree; the files decide what exists, `media.json` what it is. A row with a directory
 * costs no read of a file. Works in batches, beside the calls of the API: what a call changes meanwhile stays.
 */
export async function recoverLibrary(options: RecoveryOptions): Promise<Recovery> {
  const { store, directories, claims, logger } = options;
  const onDisk = await directories.ids(); // before the rows: an item that is added in between has both or neither
  const rows = new Set(await store.ids());
  const present = new Set(onDisk);
  const isFree = (id: string): boolean => !claims.leased.has(id);
  const withoutRow = onDisk.filter((id) => !rows.has(id) && isFree(id));
  const isLost = (id: string): boolean => !present.has(id) && isFree(id) && !claims.repaired.has(id);
  const withoutDirectory = [...rows].filter(isLost);

  const dropped = await inBatches(withoutDirectory, options, (ids) => dropRows(ids, options));
  const adopt = (): Promise<Adopted[]> => inBatches(withoutRow, options, (ids) => adoptFolders(ids, options));
  const found = await (withoutRow.length > ROWS_PER_WRITE ? store.load(adopt) : adopt());
  await options.exclusively(() => directories.sweep());

  const idsOf = (what: Adoption): string[] => found.filter(({ as }) => as === what).map(({ id }) => id);
  const recovery: Recovery = {
    restored: idsOf('restored').length,
    dropped: dropped.length,
    removed: idsOf('removed').length,
    rebuilt: idsOf('rebuilt'),
    kept: idsOf('kept'),
  };
  logger.info(recovery, 'library checked');
  return recovery;
}

/** The results of all batches, one after another. */
async function inBatches<Result>(
  ids: readonly string[],
  { exclusively, signal }: RecoveryOptions,
  run: (ids: readonly string[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const batch of slices(ids, BATCH_ITEMS)) {
    signal.throwIfAborted();
    results.push(...(await exclusively(() => run(batch))));
    await nextTurn(); // what arrived meanwhile comes first
  }
  return results;
}

/** Deletes the rows whose directory is still missing. */
async function dropRows(ids: readonly string[], { store, directories, requireVolume }: RecoveryOptions) {
  const found = await Promise.all(ids.map((id) => directories.exists(id)));
  await requireVolume(); // after it, because the directories of a disk that is not mounted are missing, too
  const missing = ids.filter((_, index) => !found[index]);
  await store.removeAll(missing);
  return missing;
}

/** The result for a directory without a row. */
type Adoption = 'restored' | 'rebuilt' | 'removed' | 'kept';

interface Adopted {
  readonly id: string;
  readonly as: Adoption;
}

/** Reads the next directories while the rows of the ones before are written. */
async function adoptFolders(ids: readonly string[], options: RecoveryOptions): Promise<Adopted[]> {
  let writing: Promise<Adopted[]> = Promise.resolve([]);
  const adopted: Adopted[] = [];
  for (const slice of slices(ids, ROWS_PER_WRITE)) {
    const [found, written] = await Promise.all([examineFolders(slice, options), writing]);
    adopted.push(...written);
    writing = adoptFound(found, options);
  }
  return [...adopted, ...(await writing)];
}

type Found = readonly (readonly [id: string, FolderFinding])[];

async function examineFolders(ids: readonly string[], { directories, claims }: RecoveryOptions): Promise<Found> {
  const found: (readonly [id: string, FolderFinding])[] = [];
  for (const slice of slices(ids, PARALLEL_READS)) {
    const examined = slice.map(async (id) => [id, await examineFolder(id, directories.of(id), claims)] as const);
    found.push(...(await Promise.all(examined)));
  }
  return found;
}

async function adoptFound(found: Found, { store, directories, logger, requireVolume }: RecoveryOptions) {
  await requireVolume();
  const items = found.flatMap(([, finding]) => (finding.kind === 'item' ? [finding] : []));
  await store.addAll(
    items.map(({ item }) => item),
    items.flatMap(({ item: { id }, collections }) => collections.map((entry) => ({ ...entry, mediaId: id }))),
  );
  const adopted: Adopted[] = [];
  for (const [id, finding] of found) {
    if (finding.kind === 'item') adopted.push({ id, as: finding.isRebuilt ? 'rebuilt' : 'restored' });
    if (finding.kind === 'unknown') adopted.push({ id, as: 'kept' });
    if (finding.kind === 'unknown' && finding.error !== undefined)
      logger.error({ mediaId: id, err: finding.error }, 'library directory unreadable');
    if (finding.kind !== 'unfinished') continue;
    await directories.discard(id);
    adopted.push({ id, as: 'removed' });
  }
  return adopted;
}

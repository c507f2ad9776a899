import { isDeepStrictEqual } from 'node:util';
import { damageOfSource, sourceDamageOf, type FileChecksum } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { ItemDirectories } from '../files/item-directories.ts';
import { readMediaJson, writeMediaJson } from '../files/media-json.ts';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord } from '../items/item-table.ts';
import { noteDecoded, type Decoded } from './decode-note.ts';
import { findFileFaults, readChecksums, type FileFault } from './file-faults.ts';
import { removeSupersededFiles } from './superseded-files.ts';
import { createPacedDigest, SCRUB_BYTES_PER_SECOND } from './paced-digest.ts';

/** Compares the files of published items with their checksums, one item after another. */
export interface Scrub {
  /**
   * Checks the item whose last check is longest ago, if it is due.
   *
   * @returns false when none is due. Rejects when the media volume disappears meanwhile: then nothing counts as damaged.
   */
  checkNext(signal: AbortSignal): Promise<boolean>;
  /** Notes the result of decoding an item. */
  noteDecoded(decoded: Decoded): Promise<void>;
  /** The items whose files are missing, cut short or changed, or cannot be decoded. */
  damaged(): Promise<readonly ItemRecord[]>;
}

export interface ScrubOptions {
  readonly store: ItemStore;
  readonly directories: ItemDirectories;
  /** Runs while no call renames or deletes an item. */
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** Rejects when the media volume is missing. */
  readonly requireVolume: () => Promise<void>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const DAY_MS = 86_400_000;
/** Each item is read once in this time. */
const ROUND_MS = 30 * DAY_MS;
/** A damaged item is checked again after a day: its files may have been restored. */
const DAMAGED_MS = DAY_MS;
/** An item whose last check is noted as so long ago is checked again in a day. */
export const RECHECK_MS = ROUND_MS - DAMAGED_MS;

interface Finding {
  readonly faults: readonly FileFault[];
  /** The checksums of an item that had none. */
  readonly files?: readonly FileChecksum[];
}

export function createScrub(options: ScrubOptions): Scrub {
  const { store, directories, requireVolume, clock } = options;
  const digest = createPacedDigest(SCRUB_BYTES_PER_SECOND);
  let damaged: Promise<Set<string>> | undefined;
  const readDamaged = (): Promise<Set<string>> => (damaged ??= store.damagedIds().then((ids) => new Set(ids)));

  const readDamage = async (id: string): Promise<void> => {
    const ids = await readDamaged();
    if ((await store.getListed(id))?.damage?.cause === 'storage') ids.add(id);
    else ids.delete(id);
  };

  const examine = async (record: ItemRecord, signal: AbortSignal): Promise<Finding> => {
    const directory = directories.of(record.id);
    const reading = await readMediaJson(directory);
    const known = reading.kind === 'facts' ? reading.files : [];
    if (known.length === 0) return readChecksums(directory, record, { digest, signal });
    return { faults: await findFileFaults(directory, known, (file) => digest(file, signal)) };
  };

  return {
    async checkNext(signal) {
      const record = await store.nextToCheck(clock() - ROUND_MS);
      if (!record) return false;
      await requireVolume();
      const finding = await examine(record, signal);
      await requireVolume(); // after it, because the files of a disk that is not mounted are missing, too
      const isDamaged = finding.faults.length > 0;
      await options.exclusively(() => note(record, finding, options));
      await readDamage(record.id);
      await store.markChecked(record.id, isDamaged ? clock() - RECHECK_MS : clock());
      return true;
    },
    async noteDecoded(decoded) {
      await options.exclusively(async () => {
        await requireVolume();
        await noteDecoded(decoded, options);
      });
      await readDamage(decoded.item.id);
    },
    async damaged() {
      const found = await store.getVisible([...(await readDamaged())], 'everything'); // others were deleted
      return found.filter(({ damage }) => damage?.cause === 'storage'); // others were repaired
    },
  };
}

/** Notes the result at the item, in the database and in `media.json`, unless the item has changed or left meanwhile. */
async function note(
  { id, renditions }: ItemRecord,
  { faults, files }: Finding,
  { store, directories, logger }: ScrubOptions,
): Promise<void> {
  const item = await store.getListed(id);
  if (item?.state !== 'ready' || !isDeepStrictEqual(item.renditions, renditions)) return; // it has new files since
  const change = changeOf(item, faults);
  if (!change && faults.length === 0 && item.damage?.cause !== 'storage')
    await removeSuperseded(directories.of(id), files);
  if (!change && !files) return;
  const collections = await store.collections.entriesOf(id);
  if (await directories.exists(id))
    await writeMediaJson(directories.of(id), { ...item, ...change }, { files, collections });
  if (change) await noteChange(id, { faults, ...change }, { store, logger });
}

async function noteChange(
  id: string,
  { faults, damage }: Finding & Pick<ItemRecord, 'damage'>,
  { store, logger }: Pick<ScrubOptions, 'store' | 'logger'>,
): Promise<void> {
  if (faults.length > 0) logger.error({ mediaId: id, faults }, 'item damaged');
  else logger.info({ mediaId: id }, 'files of the item whole again');
  await store.setDamage(id, damage);
  if (faults.length > 0) await store.markDecoded(id, 0); // it is decoded when its files are back
}

/** Removes the files of the copy before the last repair. An item that is being repaired is damaged, and keeps all its files. */
async function removeSuperseded(directory: string, files: readonly FileChecksum[] | undefined): Promise<void> {
  const reading = files ? undefined : await readMediaJson(directory);
  if (reading?.kind === 'facts' && reading.files.length > 0) await removeSupersededFiles(directory, reading.files);
}

/** The new damage of the item; undefined when it is as before. What arrived damaged stays noted, whatever happens to the files. */
function changeOf({ damage }: ItemRecord, faults: readonly FileFault[]): Pick<ItemRecord, 'damage'> | undefined {
  const wasDamaged = damage?.cause === 'storage' && damage.seconds === null; // else it cannot be decoded as it was published
  const isDamaged = faults.length > 0;
  if (isDamaged === wasDamaged) return undefined;
  const source = sourceDamageOf(damage);
  return {
    damage: isDamaged ? { cause: 'storage', seconds: null, ranges: [], source, repair: null } : damageOfSource(source),
  };
}

import { Problem, type ItemFacts } from '@linkcast/contracts';
import type { ItemDirectories } from '../files/item-directories.ts';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord, LibraryItem } from '../items/item-table.ts';
import { replaceFiles, requireChecksums } from './file-replacement.ts';
import { RECHECK_MS } from './scrub.ts';

/** A new copy of an item, in a directory of its own. */
export interface NewCopy {
  /** The name of the directory. */
  readonly mediaId: string;
  readonly facts: ItemFacts;
}

/**
 * Gives an item that has lost files those of a new copy. It keeps its id, title, people and rights.
 *
 * @param commit stores the item, while no call changes or deletes it.
 * @returns false when the library has no such item, or its files are not damaged.
 * @throws {Problem} `source-truncated` when the copy is shorter than the item or has no picture any more; `verification-failed`;
 * `media-missing`.
 */
export type RepairItem = (id: string, copy: NewCopy, commit: (item: LibraryItem) => Promise<void>) => Promise<boolean>;

export interface RepairOptions {
  readonly store: Pick<ItemStore, 'getListed' | 'markChecked' | 'collections'>;
  readonly directories: Pick<ItemDirectories, 'of'>;
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  readonly requireVolume: () => Promise<void>;
  readonly clock: () => number;
}

/** The source may have changed: a copy that is shorter by more than this part is another one. */
const SHORTER = 0.05;

export function createRepair({ store, directories, exclusively, requireVolume, clock }: RepairOptions): RepairItem {
  return (id, { mediaId, facts }, commit) =>
    exclusively(async () => {
      const before = await store.getListed(id);
      if (before?.state !== 'ready' || before.damage?.cause !== 'storage') return false;
      requireSame(before, facts);
      requireChecksums(facts);
      await requireVolume();
      const item = withFiles(before, facts);
      const collections = await store.collections.entriesOf(id);
      const [from, to] = [directories.of(mediaId), directories.of(id)];
      await replaceFiles({ from, to, item, files: facts.files, collections });
      await commit(item);
      await store.markChecked(id, clock() - RECHECK_MS); // then the old files go
      return true;
    });
}

function requireSame({ durationSeconds, renditions }: ItemRecord, facts: ItemFacts): void {
  const isShorter = durationSeconds !== null && (facts.durationSeconds ?? 0) < durationSeconds * (1 - SHORTER);
  const hasPicture = (all: ItemFacts['renditions']): boolean => all.some(({ kind }) => kind === 'video');
  if (isShorter || (hasPicture([...renditions]) && !hasPicture(facts.renditions)))
    throw new Problem('source-truncated');
}

function withFiles(item: ItemRecord, facts: ItemFacts): LibraryItem {
  const { durationSeconds, renditions, handling, bytes, hasPoster, hasFile, damage } = facts;
  const marks = facts.marks.length > 0 ? facts.marks : item.marks; // there is no answer each time
  return { ...item, durationSeconds, renditions, handling, bytes, hasPoster, hasFile, damage, marks };
}

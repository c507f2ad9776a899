import { damageOfSource, Problem, sourceDamageOf, type ItemFacts, type Rendition } from '@linkcast/contracts';
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
 * Gives an item the files of a copy. It keeps its id, title, people and rights.
 *
 * @param commit stores the item, while no call changes or deletes it.
 * @returns false when the library has no such item, or it does not need them.
 * @throws {Problem} `source-truncated` when the copy is shorter than the item or has no picture any more; `verification-failed`;
 * `item-unavailable`; `media-missing`.
 */
export type ReplaceItemFiles = (
  id: string,
  copy: NewCopy,
  commit: (item: LibraryItem) => Promise<void>,
) => Promise<boolean>;

export interface RepairOptions {
  readonly store: Pick<ItemStore, 'getListed' | 'markChecked' | 'collections'>;
  readonly directories: Pick<ItemDirectories, 'of'>;
  readonly exclusively: <Result>(run: () => Promise<Result>) => Promise<Result>;
  readonly requireVolume: () => Promise<void>;
  readonly clock: () => number;
}

/** The source may have changed: a copy that is shorter by more than this part is another one. */
const SHORTER = 0.05;

/** Creates the function that gives an item that has lost files those of a new copy. */
export function createRepair(options: RepairOptions): ReplaceItemFiles {
  return createReplacement(options, {
    isWanted: ({ damage }) => damage?.cause === 'storage',
    replaced(before, facts) {
      requireSame(before, facts);
      return withFiles(before, facts);
    },
  });
}

/** Creates the function that adds renditions to an item: the copy has the new ones, and names those that stay. */
export function createUpdate(options: RepairOptions): ReplaceItemFiles {
  return createReplacement(options, {
    isWanted: () => true,
    replaced(before, facts) {
      requireCovered(before, facts);
      requireSame(before, facts);
      const { durationSeconds, hasPoster, hasFile } = before;
      const damage = facts.damage ?? damageOfSource(sourceDamageOf(before.damage));
      return { ...withFiles(before, facts), durationSeconds, hasPoster, hasFile, damage };
    },
  });
}

interface ReplacementKind {
  readonly isWanted: (item: ItemRecord) => boolean;
  /** The item with its new files. @throws {Problem} when they do not fit it. */
  readonly replaced: (before: ItemRecord, facts: ItemFacts) => LibraryItem;
}

function createReplacement(
  { store, directories, exclusively, requireVolume, clock }: RepairOptions,
  { isWanted, replaced }: ReplacementKind,
): ReplaceItemFiles {
  return (id, { mediaId, facts }, commit) =>
    exclusively(async () => {
      const before = await store.getListed(id);
      if (before?.state !== 'ready' || !isWanted(before)) return false;
      const item = replaced(before, facts);
      requireChecksums(facts);
      await requireVolume();
      const collections = await store.collections.entriesOf(id);
      const [from, to] = [directories.of(mediaId), directories.of(id)];
      await replaceFiles({ from, to, item, files: facts.files, collections });
      await commit(item);
      await store.markChecked(id, clock() - RECHECK_MS); // then the old files go
      return true;
    });
}

/**
 * Requires that the copy has, or replaces, each rendition of the item: another job may have added one meanwhile.
 *
 * @throws {Problem} item-unavailable.
 */
function requireCovered({ renditions }: ItemRecord, facts: ItemFacts): void {
  const isCovered = ({ kind, height }: Rendition): boolean =>
    facts.renditions.some((each) => each.kind === kind && (each.height ?? 0) >= (height ?? 0));
  if (!renditions.every(isCovered)) throw new Problem('item-unavailable');
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

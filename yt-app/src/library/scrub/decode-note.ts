import { isDeepStrictEqual } from 'node:util';
import { sourceDamageOf, type MediaDamage, type SourceDamage } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { ItemDirectories } from '../files/item-directories.ts';
import { writeMediaJson } from '../files/media-json.ts';
import type { ItemStore } from '../items/item-store.ts';
import type { ItemRecord } from '../items/item-table.ts';

/** The result of decoding all of an item. */
export interface Decoded {
  /** The item when it was read. */
  readonly item: Pick<ItemRecord, 'id' | 'renditions'>;
  /** The part that cannot be decoded; null: there is none. */
  readonly damage: SourceDamage | null;
  /** True when the files are those of a second download: the source itself is damaged then, and a third would not help. */
  readonly isSecondCopy: boolean;
}

export interface DecodeNoteOptions {
  readonly store: Pick<ItemStore, 'getListed' | 'markChecked' | 'markDecoded' | 'setDamage'>;
  readonly directories: Pick<ItemDirectories, 'exists' | 'of'>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  readonly clock: () => number;
}

/**
 * Notes the result at the item, in the database and in `media.json`, unless the item has changed or left meanwhile. The files of a damaged item are
 * compared with their checksums next: they may have changed on the disk.
 *
 * @returns the item as it is now; undefined when it has left or changed.
 */
export async function noteDecoded(
  { item, damage, isSecondCopy }: Decoded,
  { store, directories, logger, clock }: DecodeNoteOptions,
): Promise<ItemRecord | undefined> {
  const current = await store.getListed(item.id);
  if (current?.state !== 'ready' || !isDeepStrictEqual(current.renditions, item.renditions)) return undefined;
  if (current.damage?.cause === 'storage') return current; // its files are replaced, and then decoded
  const changed = damageAfter(current.damage, damage, isSecondCopy);
  if (changed && (await directories.exists(item.id)))
    await writeMediaJson(directories.of(item.id), { ...current, damage: changed });
  if (changed) {
    logger.error({ mediaId: item.id, damage }, 'item cannot be decoded as a whole');
    await store.setDamage(item.id, changed);
    await store.markChecked(item.id, 0);
  }
  await store.markDecoded(item.id, clock()); // last: after a crash the item is decoded once more
  return changed ? { ...current, damage: changed } : current;
}

/** The new damage of an item; undefined: it is as before. What verification has found already is not new. */
function damageAfter(
  before: MediaDamage | null,
  found: SourceDamage | null,
  isSecondCopy: boolean,
): MediaDamage | undefined {
  const source = sourceDamageOf(before);
  const isKnown = (range: SourceDamage['ranges'][number]): boolean =>
    source?.ranges.some(({ from, to }) => from < range.to && to > range.from) ?? false;
  if (!found || found.ranges.every(isKnown)) return undefined;
  return isSecondCopy
    ? { cause: 'source', ...found, source: null, repair: null }
    : { cause: 'storage', ...found, source, repair: null };
}

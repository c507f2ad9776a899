import type { CollectionEntry } from '../collections/collection-table.ts';
import { inspectItemFolder } from './item-folder.ts';
import { rebuildItem } from './item-rebuild.ts';
import type { RecoveryClaims } from './recovery-claims.ts';
import { readMediaJson } from '../files/media-json.ts';
import type { LibraryItem } from '../items/item-table.ts';

/**
 * The content of a directory without a row. `item`: it is whole. `unfinished`: nothing will finish it. `unknown`: it has files
 * that could not be identified. `missing`: it was deleted meanwhile.
 */
export type FolderFinding =
  | {
      readonly kind: 'item';
      readonly item: LibraryItem;
      readonly collections: readonly CollectionEntry[];
      readonly isRebuilt: boolean;
    }
  | { readonly kind: 'unfinished' | 'missing' }
  | { readonly kind: 'unknown'; readonly error?: unknown };

/** Examines a directory without a row. Rebuilds `media.json` when it is lost and the media are whole. */
export async function examineFolder(id: string, directory: string, claims: RecoveryClaims): Promise<FolderFinding> {
  const reading = await readMediaJson(directory);
  if (reading.kind === 'unreadable') return { kind: 'unknown' }; // of a newer version, or the disk is failing
  if (reading.kind === 'facts' && reading.facts.id === id && reading.facts.state === 'ready')
    return { kind: 'item', item: reading.facts, collections: reading.collections, isRebuilt: false };
  if (claims.unfinished.has(id)) return { kind: 'unfinished' };
  try {
    const folder = await inspectItemFolder(directory);
    if (folder.renditions.length > 0)
      return { kind: 'item', item: await rebuildItem(id, directory, folder), collections: [], isRebuilt: true };
    const isKept = folder.hasMedia || (claims.isDatabaseNew && !folder.isEmpty);
    return { kind: isKept ? 'unknown' : 'unfinished' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' }; // fs throws these
    return { kind: 'unknown', error };
  }
}

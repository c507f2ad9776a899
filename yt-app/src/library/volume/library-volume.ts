import { mkdir, readdir } from 'node:fs/promises';
import type { Database, Logger } from '@linkcast/kit';
import { randomId } from '../../random-id.ts';
import { readMarker, writeMarker } from './volume-marker.ts';
import { decideVolume, type VolumeFacts } from './volume-decision.ts';

/** `missing`: MEDIA_DIR is empty or cannot be read, a disk may not be mounted. `foreign`: it is another library. */
export type VolumeState = 'present' | 'missing' | 'foreign';

/** The folder of the library, which may be a disk that is not mounted, or the wrong one. */
export interface LibraryVolume {
  /** Judges the folder now, and gives it a marker where that is due. Calls at the same time share one answer. */
  check(): Promise<VolumeState>;
  /** What the last check found, and since when (milliseconds since 1970). */
  last(): { readonly state: VolumeState; readonly sinceMs: number };
}

export interface LibraryVolumeOptions {
  readonly mediaDir: string;
  readonly database: Database;
  /** Ids of the items that the database has. */
  readonly itemIds: () => readonly string[];
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** Nothing is known before the first check, so nothing may rely on the folder. */
export function createLibraryVolume(options: LibraryVolumeOptions): LibraryVolume {
  const { mediaDir, database, logger, clock = Date.now } = options;
  let last: { state: VolumeState; sinceMs: number } = { state: 'missing', sinceMs: clock() };
  let checking: Promise<VolumeState> | undefined;

  const remembered = (): string | undefined =>
    database.prepare<[], string>('SELECT id FROM media_volume').pluck().get();
  const remember = (id: string): void =>
    void database.prepare('INSERT OR REPLACE INTO media_volume (number, id) VALUES (1, ?)').run(id);

  const gather = async (): Promise<VolumeFacts> => {
    const [marker, known] = [await readMarker(mediaDir), remembered()];
    // Which folders are there matters only to a database without a memory.
    const ids = known === undefined ? options.itemIds() : [];
    return { marker, remembered: known, hasItems: ids.length > 0, hasItemFolder: await hasAnyFolder(mediaDir, ids) };
  };
  /** The marker first: a crash in between leaves one that is adopted later. */
  const mark = async (known: string | undefined): Promise<void> => {
    const id = known ?? randomId();
    await mkdir(mediaDir, { recursive: true });
    await writeMarker(mediaDir, id);
    remember(id);
  };
  const judge = async (): Promise<VolumeState> => {
    const facts = await gather();
    const verdict = decideVolume(facts);
    try {
      if (verdict === 'make-marker') await mark(facts.remembered);
      if (verdict === 'adopt-marker' && facts.marker.kind === 'id') remember(facts.marker.id);
    } catch (error) {
      logger.error({ err: error }, 'the marker of the media volume could not be written'); // the next check tries again
    }
    return verdict === 'missing' || verdict === 'foreign' ? verdict : 'present';
  };
  const note = (state: VolumeState): VolumeState => {
    if (state !== last.state) last = { state, sinceMs: clock() };
    return state;
  };

  return {
    check() {
      checking ??= judge()
        .then(note)
        .finally(() => (checking = undefined));
      return checking;
    },
    last: () => last,
  };
}

async function hasAnyFolder(mediaDir: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const entries = await readdir(mediaDir, { withFileTypes: true }).catch(() => []); // not there: none of them is
  const wanted = new Set(ids);
  return entries.some((entry) => entry.isDirectory() && wanted.has(entry.name));
}

import { mkdir, readdir } from 'node:fs/promises';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import { randomId } from '../../random-id.ts';
import { readMarker, writeMarker } from './volume-marker.ts';
import { decideVolume, type VolumeFacts } from './volume-decision.ts';

/** `missing`: MEDIA_DIR is empty or cannot be read, a disk may not be mounted. `foreign`: it is another library. */
export type VolumeState = 'present' | 'missing' | 'foreign';

/** MEDIA_DIR: it may be a disk that is not mounted, or the wrong one. */
export interface LibraryVolume {
  /** Checks the directory, and writes its marker when it needs one. Concurrent calls share one check. */
  check(): Promise<VolumeState>;
  /** The state that the last check found, and its start in milliseconds since 1970. */
  last(): { readonly state: VolumeState; readonly sinceMs: number };
}

export interface LibraryVolumeOptions {
  readonly mediaDir: string;
  readonly database: AppDatabase;
  /** Ids of the items that the database has. */
  readonly itemIds: () => Promise<readonly string[]>;
  readonly logger: Logger;
  readonly clock?: () => number;
}

interface Tables {
  media_volume: { number: number; id: string };
}

/** Creates the volume in the state `missing`: nothing may use the directory before the first check. */
export function createLibraryVolume(options: LibraryVolumeOptions): LibraryVolume {
  const { mediaDir, database, logger, clock = Date.now } = options;
  let last: { state: VolumeState; sinceMs: number } = { state: 'missing', sinceMs: clock() };
  let checking: Promise<VolumeState> | undefined;

  const query = () => database.tables<Tables>();
  const remembered = async (): Promise<string | undefined> => {
    const row = await query().selectFrom('media_volume').select('id').executeTakeFirst();
    return row?.id;
  };
  const remember = async (id: string): Promise<void> => {
    const insert = query().insertInto('media_volume').values({ number: 1, id });
    await insert.onConflict((conflict) => conflict.column('number').doUpdateSet({ id })).execute();
  };

  const gather = async (): Promise<VolumeFacts> => {
    const [marker, known] = await Promise.all([readMarker(mediaDir), remembered()]);
    // Only a database that never saw a marker compares directories.
    const ids = known === undefined ? await options.itemIds() : [];
    return { marker, remembered: known, hasItems: ids.length > 0, hasItemFolder: await hasAnyFolder(mediaDir, ids) };
  };
  /** Writes the marker before the row: after a crash in between, the marker is adopted. */
  const mark = async (known: string | undefined): Promise<void> => {
    const id = known ?? randomId();
    await mkdir(mediaDir, { recursive: true });
    await writeMarker(mediaDir, id);
    await remember(id);
  };
  const evaluate = async (): Promise<VolumeState> => {
    const facts = await gather();
    const decision = decideVolume(facts);
    try {
      if (decision === 'make-marker') await mark(facts.remembered);
      if (decision === 'adopt-marker' && facts.marker.kind === 'id') await remember(facts.marker.id);
    } catch (error) {
      logger.error({ err: error }, 'media volume marker not written'); // the next check tries again
    }
    return decision === 'missing' || decision === 'foreign' ? decision : 'present';
  };
  const note = (state: VolumeState): VolumeState => {
    if (state !== last.state) last = { state, sinceMs: clock() };
    return state;
  };

  return {
    check() {
      checking ??= evaluate()
        .then(note)
        .finally(() => (checking = undefined));
      return checking;
    },
    last: () => last,
  };
}

async function hasAnyFolder(mediaDir: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const entries = await readdir(mediaDir, { withFileTypes: true }).catch(() => []); // missing: it has none of them
  const wanted = new Set(ids);
  return entries.some((entry) => entry.isDirectory() && wanted.has(entry.name));
}

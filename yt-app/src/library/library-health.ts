import { mediaMarker } from '@linkcast/contracts';
import type { Health, Message } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Library } from './library.ts';
import type { LibraryVolume } from './volume/library-volume.ts';

/** So many directories are named in a message. */
const MAX_IDS = 10;

type CheckResult = Pick<Health['checks'][number], 'ok' | 'detail' | 'message'>;

/** Name of the check of the media volume. */
export const VOLUME_CHECK = 'media volume';
/** Name of the check of the recovery's result. */
export const LIBRARY_CHECK = 'library';

/** Checks the media volume now. */
export async function checkVolume(volume: LibraryVolume): Promise<CheckResult> {
  const state = await volume.check();
  return state === 'present' ? result(true, message('volume-present')) : result(false, volumeMessage(state));
}

/** Checks for directories that recovery could not identify. */
export function checkRecovery(library: Pick<Library, 'recovery'>): CheckResult {
  const recovery = library.recovery();
  if (!recovery) return result(true, message('library-checking'));
  const { kept } = recovery;
  return kept.length === 0
    ? result(true, message('library-in-order'))
    : result(false, message('library-kept', keptFacts(kept)));
}

/** The state of a volume without the library. */
export function volumeMessage(state: 'missing' | 'foreign'): Message {
  return message(`volume-${state}`, { marker: mediaMarker });
}

function result(ok: boolean, reported: Message): CheckResult {
  return { ok, detail: worded(reported).sentence, message: reported };
}

/** The facts of a message about directories that recovery could not identify. */
export function keptFacts(kept: readonly string[]): { count: number; ids: string[] } {
  return { count: kept.length, ids: kept.slice(0, MAX_IDS) };
}

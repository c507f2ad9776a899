import { createHash } from 'node:crypto';
import type { Health, Message, Notice } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Library } from './library.ts';
import type { LibraryVolume } from './volume/library-volume.ts';
import { MARKER_NAME } from './volume/volume-marker.ts';

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
  const kept = library.recovery()?.kept ?? [];
  return kept.length === 0
    ? result(true, message('library-in-order'))
    : result(false, message('library-kept', keptFacts(kept)));
}

/** The notices about the library, one key for each matter. */
export function libraryNotices(volume: LibraryVolume, library: Pick<Library, 'recovery'>): Notice[] {
  const { state, sinceMs } = volume.last();
  const { rebuilt = [], kept = [] } = library.recovery() ?? {};
  const away: Notice[] =
    state === 'present'
      ? []
      : [{ key: `media-${state}:${new Date(sinceMs).toISOString()}`, ...worded(volumeMessage(state)) }];
  return [
    ...away,
    ...(rebuilt.length > 0 ? [rebuiltNotice(rebuilt)] : []),
    ...(kept.length > 0 ? [keptNotice(kept)] : []),
  ];
}

function rebuiltNotice(rebuilt: readonly string[]): Notice {
  return { key: keyOf('rebuilt', rebuilt), ...worded(message('library-rebuilt-notice', { count: rebuilt.length })) };
}

function keptNotice(kept: readonly string[]): Notice {
  return { key: keyOf('kept', kept), ...worded(message('library-kept-notice', keptFacts(kept))) };
}

function volumeMessage(state: 'missing' | 'foreign'): Message {
  return message(`volume-${state}`, { marker: MARKER_NAME });
}

function result(ok: boolean, reported: Message): CheckResult {
  return { ok, detail: worded(reported).sentence, message: reported };
}

function keptFacts(kept: readonly string[]): { count: number; ids: string[] } {
  return { count: kept.length, ids: kept.slice(0, MAX_IDS) };
}

/** The same items give the same key, also after a restart. */
function keyOf(what: string, ids: readonly string[]): string {
  const digest = createHash('sha256').update(ids.toSorted().join(' ')).digest('hex').slice(0, 16);
  return `library-${what}:${digest}`;
}

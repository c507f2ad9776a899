import { createHash } from 'node:crypto';
import type { Health, Notice } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Library } from './library.ts';
import type { LibraryVolume } from './volume/library-volume.ts';
import { MARKER_NAME } from './volume/volume-marker.ts';

type CheckResult = Pick<Health['checks'][number], 'ok' | 'detail'>;

const { checks, volume: say, recovery: words, notices } = texts.library;

/** Name of the check of the media volume. */
export const VOLUME_CHECK = checks.volume;
/** Name of the check of the recovery's result. */
export const LIBRARY_CHECK = checks.library;

/** Checks the media volume now. */
export async function checkVolume(volume: LibraryVolume): Promise<CheckResult> {
  const state = await volume.check();
  return state === 'present' ? { ok: true, detail: say.present } : { ok: false, detail: say[state](MARKER_NAME) };
}

/** Checks for directories that recovery could not identify. */
export function checkRecovery(library: Pick<Library, 'recovery'>): CheckResult {
  const kept = library.recovery()?.kept ?? [];
  return kept.length === 0 ? { ok: true, detail: words.inOrder } : { ok: false, detail: words.kept(kept) };
}

/** The notices about the library, one key for each matter. */
export function libraryNotices(volume: LibraryVolume, library: Pick<Library, 'recovery'>): Notice[] {
  const { state, sinceMs } = volume.last();
  const { rebuilt = [], kept = [] } = library.recovery() ?? {};
  const away: Notice[] =
    state === 'present'
      ? []
      : [{ key: `media-${state}:${new Date(sinceMs).toISOString()}`, sentence: say[state](MARKER_NAME) }];
  return [
    ...away,
    ...(rebuilt.length > 0 ? [{ key: keyOf('rebuilt', rebuilt), sentence: notices.rebuilt(rebuilt.length) }] : []),
    ...(kept.length > 0 ? [{ key: keyOf('kept', kept), sentence: notices.kept(kept) }] : []),
  ];
}

/** The same items give the same key, also after a restart. */
function keyOf(what: string, ids: readonly string[]): string {
  const digest = createHash('sha256').update(ids.toSorted().join(' ')).digest('hex').slice(0, 16);
  return `library-${what}:${digest}`;
}

import { message } from '@linkcast/texts';
import { createHash } from 'node:crypto';
import type { Library } from '../../library/library.ts';
import { keptFacts } from '../../library/library-health.ts';
import type { ObservedCondition } from '../condition.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Observes the result of the recovery: items that were rebuilt, and directories that it could not identify. */
export function createLibrarySource(library: Pick<Library, 'recovery'>): NoticeSource {
  return {
    name: 'library',
    observe() {
      const recovery = library.recovery();
      return Promise.resolve(recovery && [...rebuiltItems(recovery.rebuilt), ...keptFolders(recovery.kept)]);
    },
  };
}

function rebuiltItems(ids: readonly string[]): ObservedCondition[] {
  if (ids.length === 0) return [];
  const reported = message('library-rebuilt-notice', { count: ids.length });
  return [{ code: codeOf('rebuilt', ids), severity: 'info', message: reported, action: null }];
}

function keptFolders(ids: readonly string[]): ObservedCondition[] {
  if (ids.length === 0) return [];
  const reported = message('library-kept-notice', keptFacts(ids));
  return [{ code: codeOf('kept', ids), severity: 'warning', message: reported, action: message('do-check-folders') }];
}

/** The same items have the same code, so that other ones are another condition. */
function codeOf(what: string, ids: readonly string[]): string {
  const digest = createHash('sha256').update(ids.toSorted().join(' ')).digest('hex').slice(0, 16);
  return `library-${what}-${digest}`;
}

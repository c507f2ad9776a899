import { effect } from '@preact/signals';
import { isProblem, MAX_AGED_MS, MAX_POSITIONS, MEDIA_ID, type ApiClient } from '@linkcast/contracts';
import type { PositionStore } from './stores/positions/position-store.ts';
import type { ResumePositions } from './stores/positions/resume-positions.ts';

interface PositionMigrationOptions {
  readonly api: Pick<ApiClient, 'reportPositions'>;
  readonly positions: Pick<PositionStore, 'isPersonal'>;
  /** The positions of this browser. */
  readonly local: Pick<ResumePositions, 'all' | 'clear'>;
  /** Called when the server has them. */
  readonly onMigrated: () => void;
}

/**
 * Moves the positions of this browser to the server, once, when a person is signed in: they are from before positions belonged
 * to people, or from a visit without an account. Their age is unknown, so any other position is newer.
 */
export function startPositionMigration({ api, positions, local, onMigrated }: PositionMigrationOptions): void {
  const migrate = async () => {
    const entries = [...local.all()].filter(([id]) => MEDIA_ID.test(id));
    const reports = entries.map(([mediaId, seconds]) => ({ mediaId, seconds, agedMs: MAX_AGED_MS }));
    if (reports.length === 0) return;
    try {
      for (let start = 0; start < reports.length; start += MAX_POSITIONS)
        await api.reportPositions(reports.slice(start, start + MAX_POSITIONS));
    } catch (error) {
      if (!isProblem(error)) return; // the server does not answer: the next visit tries again
      console.warn('positions of this browser refused', error.code);
    }
    local.clear();
    onMigrated();
  };
  effect(() => {
    if (positions.isPersonal()) void migrate();
  });
}

import { message } from '@linkcast/texts';
import type { DatabaseLoss } from '../../database/database-loss.ts';
import type { NoticeSource } from '../notice-source.ts';

export interface DatabaseLossSourceOptions {
  readonly readLoss: () => Promise<DatabaseLoss | undefined>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

/** An owner who comes back from a holiday still sees it. */
const SHOWN_MS = 14 * 86_400_000;

/** Observes that a damaged database was replaced: for two weeks. */
export function createDatabaseLossSource({ readLoss, clock = Date.now }: DatabaseLossSourceOptions): NoticeSource {
  return {
    name: 'database loss',
    async observe() {
      const loss = await readLoss();
      if (!loss || clock() - Date.parse(loss.at) > SHOWN_MS) return [];
      const { at, file, restoredFrom: madeAt } = loss;
      const reported =
        madeAt === null ? message('database-lost-notice', { at }) : message('database-restored-notice', { at, madeAt });
      const action = message('do-check-database-loss', { file });
      return [{ code: `database-loss-${at}`, severity: 'critical', message: reported, action }];
    },
  };
}

import { message } from '@linkcast/texts';
import type { AppDatabase, StorageLimitation } from '../../database/app-database.ts';
import type { ObservedCondition } from '../condition.ts';
import type { NoticeSource } from '../notice-source.ts';
import { within } from '../time-limit.ts';

/** One code for both: a slow database that fails has become worse. */
const CODE = 'database';
const SLOW_MS = 1000;
/** A database that has not answered within this time fails. */
const LIMIT_MS = 4000;
/** The restart of a server is not reported. */
const FAILURE_LASTS_MS = 60_000;
const SLOWNESS_LASTS_MS = 300_000;

/** Observes a database that cannot be written, fails for a minute, or is slow for five. */
export function createDatabaseSource(database: Pick<AppDatabase, 'check' | 'limitation'>): NoticeSource {
  return {
    name: 'database',
    async observe() {
      if (database.limitation) return [limited(database.limitation)];
      const startedAt = performance.now();
      try {
        await within(LIMIT_MS, database.check());
      } catch {
        return [FAILURE];
      }
      const tookMs = performance.now() - startedAt;
      return tookMs <= SLOW_MS ? [] : [slowness(tookMs)];
    },
  };
}

function limited(limitation: StorageLimitation): ObservedCondition {
  const code = limitation === 'full' ? 'database-disk-full-notice' : 'database-read-only-notice';
  return { code: CODE, severity: 'critical', message: message(code), action: message('do-write-database-disk') };
}

const FAILURE: ObservedCondition = {
  code: CODE,
  severity: 'critical',
  message: message('database-failing-notice'),
  action: message('do-check-database'),
  opensAfterMs: FAILURE_LASTS_MS,
};

function slowness(tookMs: number): ObservedCondition {
  return {
    code: CODE,
    severity: 'warning',
    message: message('database-slow-notice', { seconds: Math.round(tookMs / 1000) }),
    action: message('do-check-database-load'),
    opensAfterMs: SLOWNESS_LASTS_MS,
  };
}

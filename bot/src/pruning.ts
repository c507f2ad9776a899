import { startPeriodicLoop, type Database, type Logger, type Stoppable } from '@linkcast/kit';

const PRUNE_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Milliseconds for which update ids are kept. Telegram keeps undelivered updates for a day. */
const KEEP_UPDATES_MS = 3 * DAY_MS;
/** Milliseconds for which the buttons under old messages work. */
const KEEP_REQUESTS_MS = 90 * DAY_MS;

/** Deletes the rows that are too old to be of use. */
export function pruneBotDatabase(database: Database, now: number): void {
  const remove = (sql: string, before: number): void => void database.prepare(sql).run(before);
  database.transaction(() => {
    remove('DELETE FROM updates WHERE seen_at < ?', now - KEEP_UPDATES_MS);
    remove('DELETE FROM dialogues WHERE asked_at < ?', now - DAY_MS);
    remove('DELETE FROM offers WHERE offered_at < ?', now - KEEP_REQUESTS_MS);
    remove('DELETE FROM requests WHERE is_told = 1 AND changed_at < ?', now - KEEP_REQUESTS_MS);
    remove(
      `DELETE FROM people WHERE role IS NULL AND language IS NULL AND language_code IS NULL
       AND max(answered_at, refused_at, hinted_at, sign_ins_since) < ?`,
      now - KEEP_UPDATES_MS,
    );
  })();
}

/** Deletes old rows at the start and every hour. */
export function startPruning(database: Database, logger: Logger): Stoppable {
  return startPeriodicLoop({
    name: 'deletion of old rows',
    logger,
    everyMs: PRUNE_MS,
    run() {
      pruneBotDatabase(database, Date.now());
      return Promise.resolve(undefined);
    },
  });
}

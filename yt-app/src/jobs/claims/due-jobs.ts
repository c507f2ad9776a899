import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** No pause is longer: those between two tries of a job take 1.2 hours at most (`work/waiting/retry-policy.ts`). */
const LONGEST_PAUSE_MS = 2 * 3_600_000;

/**
 * The condition for the jobs whose time has come. A time that is too far away was written while the clock was ahead.
 *
 * @param now milliseconds since 1970.
 */
export function isDue(now: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`(not_before <= ${now} OR not_before > ${now + LONGEST_PAUSE_MS})`;
}

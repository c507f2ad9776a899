import { sql } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import type { RuleRecord } from './rule-store.ts';

const number = z.number().nullable();
const Row = z.object({ scopeId: z.string(), keepLast: number, keepDays: number, changedAt: number.unwrap() });

/**
 * The rules of followed lists, for their collections. They take items of the person who follows alone, as those of any collection, and
 * ask nobody: the person has chosen it for this list. A rule of the owners for the same collection comes before.
 */
export async function readFollowedRules(database: AppDatabase): Promise<RuleRecord[]> {
  const { rows } = await sql`
    SELECT collections.id AS "scopeId", keep_last AS "keepLast", keep_days AS "keepDays", keep_changed_at AS "changedAt"
    FROM followed_lists
    JOIN collections ON collections.source_key = followed_lists.source_key
      AND collections.person_id = followed_lists.person_id
    WHERE keep_last IS NOT NULL OR keep_days IS NOT NULL`.execute(database.tables());
  return z
    .array(Row)
    .parse(rows)
    .map(({ scopeId, keepLast, keepDays, changedAt }) => ({
      ...{ scope: 'collection', scopeId, keepLast, changedAt, isSilent: true },
      ...{ watchedDays: keepDays, unwatchedDays: keepDays },
    }));
}

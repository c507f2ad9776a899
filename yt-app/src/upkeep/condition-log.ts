import type { AppDatabase } from '../database/app-database.ts';

/** The state of a subject, and its start in milliseconds since 1970. */
export interface Condition {
  readonly state: string;
  readonly sinceMs: number;
}

/** Stores the start of each subject's state, across restarts: a state that lasts makes one notice. */
export interface ConditionLog {
  /** Stores the current state; undefined (it could not be observed) keeps the last one. */
  observe(subject: string, state: string | undefined): Promise<Condition | undefined>;
}

interface Tables {
  conditions: { subject: string; state: string; since: number };
}

export function createConditionLog(database: AppDatabase, clock: () => number = Date.now): ConditionLog {
  const query = () => database.tables<Tables>();
  return {
    async observe(subject, state) {
      const row = await query()
        .selectFrom('conditions')
        .select(['state', 'since'])
        .where('subject', '=', subject)
        .executeTakeFirst();
      const last = row && { state: row.state, sinceMs: row.since };
      if (state === undefined || state === last?.state) return last;
      const since = clock();
      await query()
        .insertInto('conditions')
        .values({ subject, state, since })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet({ state, since }))
        .execute();
      return { state, sinceMs: since };
    },
  };
}

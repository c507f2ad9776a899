import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** The state of a subject, and its start in milliseconds since 1970. */
export interface Condition {
  readonly state: string;
  readonly sinceMs: number;
}

/** Stores the start of each subject's state, across restarts: a state that lasts makes one notice. */
export interface ConditionLog {
  /** Stores the current state; undefined (it could not be observed) keeps the last one. */
  observe(subject: string, state: string | undefined): Condition | undefined;
}

const Row = z.object({ state: z.string(), since: z.number() });

export function createConditionLog(database: Database, clock: () => number = Date.now): ConditionLog {
  const read = database.prepare('SELECT state, since FROM conditions WHERE subject = ?');
  const write = database.prepare('INSERT OR REPLACE INTO conditions (subject, state, since) VALUES (?, ?, ?)');

  return {
    observe(subject, state) {
      const row = Row.optional().parse(read.get(subject));
      const last = row && { state: row.state, sinceMs: row.since };
      if (state === undefined || state === last?.state) return last;
      const condition = { state, sinceMs: clock() };
      write.run(subject, condition.state, condition.sinceMs);
      return condition;
    },
  };
}

import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** The end of a job that is to be reported to the person who asked for it. */
export interface JobEnd {
  readonly jobId: string;
  /** Milliseconds since 1970. */
  readonly notedAt: number;
}

const Person = z.object({ person_id: z.string(), noted_at: z.number() });
const End = z
  .object({ job_id: z.string(), noted_at: z.number() })
  .transform(({ job_id: jobId, noted_at: notedAt }): JobEnd => ({ jobId, notedAt }));

/** The ends of jobs that are not reported yet, in the database: an end is noted in the transaction of the event cursor. */
export function createJobEndStore(database: Database, now: () => number = Date.now) {
  return {
    /** Notes the end of a job. A later end of the same job replaces it. @param personId yt-app's id of the requester */
    note: (jobId: string, personId: string): void =>
      void database
        .prepare('INSERT OR REPLACE INTO job_ends (job_id, person_id, noted_at) VALUES (?, ?, ?)')
        .run(jobId, personId, now()),
    /** The people who have unreported ends, each with the time of the oldest. */
    people: (): { readonly personId: string; readonly oldestAt: number }[] =>
      database
        .prepare('SELECT person_id, min(noted_at) AS noted_at FROM job_ends GROUP BY person_id ORDER BY noted_at')
        .all()
        .map((row) => Person.parse(row))
        .map(({ person_id: personId, noted_at: oldestAt }) => ({ personId, oldestAt })),
    /** The unreported ends of a person, the oldest first. */
    of: (personId: string, most: number): JobEnd[] =>
      database
        .prepare('SELECT job_id, noted_at FROM job_ends WHERE person_id = ? ORDER BY noted_at, job_id LIMIT ?')
        .all(personId, most)
        .map((row) => End.parse(row)),
    /** Removes ends, unless a later one of the same job was noted meanwhile. */
    remove(ends: readonly JobEnd[]): void {
      const remove = database.prepare('DELETE FROM job_ends WHERE job_id = ? AND noted_at = ?');
      for (const { jobId, notedAt } of ends) remove.run(jobId, notedAt);
    },
    /** Removes all ends of a person. */
    removeAllOf: (personId: string): void =>
      void database.prepare('DELETE FROM job_ends WHERE person_id = ?').run(personId),
  };
}

export type JobEndStore = ReturnType<typeof createJobEndStore>;

import {
  limitNames,
  limitsOf,
  NO_LIMITS,
  Problem,
  type LimitName,
  type Limits,
  type LimitUses,
} from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { DefaultLimits } from '../../people/default-limits.ts';
import type { PersonReads } from '../../people/person-reads.ts';
import type { PersonRecord } from '../../people/person-table.ts';
import { createPersonUsage, type UsageQuery } from './person-usage.ts';

/** Holds people to their limits. */
export interface JobLimits {
  /**
   * Decides, within the transaction that queues a job, whether its person may have one more job. Until the end of that transaction, no
   * other job of the person is decided on.
   *
   * @param personId null: nobody, who has no limits.
   * @param job for a retry, the job that is queued again: it is not counted twice. For several new jobs, their number; default 1. For
   * files whose size is known, their bytes.
   * @throws {Problem} `over-limit`; `unauthorized` when the person was removed meanwhile.
   */
  require(
    personId: string | null,
    job?: { readonly retried?: string; readonly count?: number; readonly bytes?: number },
  ): Promise<void>;
  usesOf(person: PersonRecord): Promise<LimitUses>;
}

export interface JobLimitsOptions {
  readonly database: AppDatabase;
  readonly people: Pick<PersonReads, 'get'>;
  readonly defaultLimits: Pick<DefaultLimits, 'read'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

/** Seconds after which a request that was refused is worth another attempt, where nothing says when there is room. */
const RETRY_SECONDS = { storageBytes: 3600, openJobs: 60 } as const;

export function createJobLimits({ database, people, defaultLimits, clock = Date.now }: JobLimitsOptions): JobLimits {
  const usage = createPersonUsage(database);

  const limitsFor = async (person: PersonRecord): Promise<Limits> =>
    person.role === 'owner' ? NO_LIMITS : limitsOf(person, await defaultLimits.read());
  const refusal = async (
    which: LimitName,
    { limit, used, count }: { limit: number; used: number; count: number },
    query: UsageQuery,
  ): Promise<Problem> => {
    const isEverFree = which === 'jobsPerDay' && count <= limit;
    const free = isEverFree ? await usage.dayFreeAt(query, limit - count + 1) : undefined;
    const freeAt = free === undefined ? null : new Date(free).toISOString();
    const known = free === undefined ? undefined : (free - query.now) / 1000;
    const retryAfterSeconds = known ?? (which === 'jobsPerDay' ? 0 : RETRY_SECONDS[which]);
    return new Problem('over-limit', { overLimit: { which, limit, used, freeAt }, retryAfterSeconds });
  };

  return {
    async require(personId, { retried, count = 1, bytes = 1 } = {}) {
      if (personId === null) return;
      const person = await people.get(personId);
      if (!person) throw new Problem('unauthorized');
      const limits = await limitsFor(person);
      if (limitNames.every((which) => limits[which] === null)) return;
      await database.lock(`limits of ${personId}`);
      const query = { personId, now: clock(), exceptJob: retried };
      const used = await usage.of(query);
      for (const which of limitNames) {
        const limit = limits[which];
        const added = which === 'storageBytes' ? bytes : count; // the sizes of links are not known yet
        if (limit !== null && used[which] + added > limit)
          throw await refusal(which, { limit, used: used[which], count }, query);
      }
    },
    async usesOf(person) {
      const limits = await limitsFor(person);
      const used = await usage.of({ personId: person.id, now: clock() });
      const uses = limitNames.map((which) => [which, { limit: limits[which], used: used[which] }]);
      return Object.fromEntries(uses) as LimitUses; // one entry for each of its names
    },
  };
}

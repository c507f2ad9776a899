import type { JobQuery, JobState } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import type { Statement } from '../database/table.ts';
import { InvalidRequest } from '../invalid-request.ts';
import { LEASED_STATES, transition, type JobEvent } from './job-lifecycle.ts';
import { jobTable, type JobRecord } from './job-table.ts';

export type NewJob = Pick<JobRecord, 'id' | 'type' | 'url' | 'sourceKey' | 'quality' | 'mediaId' | 'createdAt'>;

/** A worker's claim: which run of it takes a job, when, and the id of the item that it will make. */
export interface JobClaim extends Pick<JobRecord, 'mediaId'> {
  readonly worker: string;
  readonly instance: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The queue and the history of jobs. Every call is one transaction, and on the disk when it returns. */
export interface JobStore {
  insert(job: NewJob): JobRecord;
  get(id: string): JobRecord | undefined;
  /** The newest job for the same source, type and quality that has not failed. */
  findSame(job: Pick<NewJob, 'sourceKey' | 'type' | 'quality'>): JobRecord | undefined;
  /** The ready jobs that made or adopted this item. */
  findByMedia(mediaId: string): JobRecord[];
  /** A ready job for what the extractor calls by the same id. */
  findTwin(job: JobRecord, source: Pick<JobRecord, 'extractor' | 'sourceId'>): JobRecord | undefined;
  /** Claims the job that has waited longest; its files get a new directory. Undefined when none waits. */
  claim(claim: JobClaim): JobRecord | undefined;
  /**
   * Applies an event to a job that is still in the state and at the claim of the given record.
   *
   * @returns the job as it is now; undefined when the event may not come in that state, or the job has changed since: then
   * nothing is written.
   */
  apply(job: Pick<JobRecord, 'id' | 'state' | 'fence'>, event: JobEvent): JobRecord | undefined;
  /** @throws {Problem} invalid-request for a cursor that is none of ours. */
  list(query: JobQuery): { jobs: JobRecord[]; nextCursor: string | null };
  /** The jobs that a worker has claimed and that have not ended. */
  leased(): JobRecord[];
  /** The items of all jobs that are not ready: their directories are unfinished. */
  unfinishedMediaIds(): string[];
  /** Average seconds between the starts of the last jobs; null when fewer than two have started. */
  secondsBetweenStarts(): number | null;
  counts(): Partial<Record<JobState, number>>;
}

const LEASED = LEASED_STATES.map((state) => `'${state}'`).join(', ');

export function createJobStore(database: Database): JobStore {
  const records = (sql: string, values: object = {}): JobRecord[] =>
    database
      .prepare(sql)
      .all(values)
      .map((row) => jobTable.read(row));
  const one = (sql: string, values: object = {}): JobRecord | undefined => records(sql, values)[0];
  const returning = ({ sql, values }: Statement, more: object = {}): JobRecord | undefined =>
    one(`${sql} RETURNING *`, { ...values, ...more });

  const apply: JobStore['apply'] = ({ id, state, fence }, event) => {
    const change = transition(state, event);
    const where = 'id = @id AND state = @expectedState AND fence = @expectedFence';
    return change && returning(jobTable.update(change, where), { id, expectedState: state, expectedFence: fence });
  };

  return {
    apply,
    insert(job) {
      const inserted = returning(jobTable.insert({ ...job, state: 'queued' }));
      if (!inserted) throw new Error('the job that was inserted is missing');
      return inserted;
    },
    get: (id) => one('SELECT * FROM jobs WHERE id = @id', { id }),
    findSame: ({ sourceKey, type, quality }) => one(FIND_SAME, { sourceKey, type, quality }),
    findTwin: ({ id, type, quality }, { extractor, sourceId }) =>
      one(FIND_TWIN, { id, type, quality, extractor, sourceId }),
    findByMedia: (mediaId) => records(`SELECT * FROM jobs WHERE media_id = @mediaId AND state = 'ready'`, { mediaId }),
    claim: ({ worker, instance, mediaId, now }) =>
      database.transaction(() => {
        const oldest = one(`SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1`);
        if (!oldest) return undefined;
        const { attempt, fence } = oldest;
        const fields = { attempt: attempt + 1, fence: fence + 1, worker, instance, mediaId, startedAt: now };
        return apply(oldest, { type: 'claimed', ...fields });
      })(),
    list({ state, limit, cursor }) {
      const values = { state: state ?? null, before: beforeNumber(cursor), rows: limit + 1 };
      const found = records(LIST, values);
      const jobs = found.slice(0, limit);
      return { jobs, nextCursor: found.length > limit ? String(jobs.at(-1)?.number ?? '') : null };
    },
    leased: () => records(`SELECT * FROM jobs WHERE state IN (${LEASED}) ORDER BY number`),
    unfinishedMediaIds: () =>
      database.prepare<[], string>(`SELECT media_id FROM jobs WHERE state <> 'ready'`).pluck().all(),
    secondsBetweenStarts: () => averageGapSeconds(database.prepare<[], number>(LAST_STARTS).pluck().all()),
    counts: () => {
      const rows = database
        .prepare<[], { state: JobState; count: number }>('SELECT state, count(*) AS count FROM jobs GROUP BY state')
        .all();
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
  };
}

const FIND_SAME = `
  SELECT * FROM jobs WHERE source_key = @sourceKey AND type = @type AND quality = @quality
    AND state NOT IN ('failed', 'cancelled') ORDER BY number DESC LIMIT 1`;

const FIND_TWIN = `
  SELECT * FROM jobs WHERE extractor = @extractor AND source_id = @sourceId AND type = @type AND quality = @quality
    AND state = 'ready' AND id <> @id ORDER BY number DESC LIMIT 1`;

const LIST = `
  SELECT * FROM jobs WHERE number < @before AND (@state IS NULL OR state = @state) ORDER BY number DESC LIMIT @rows`;

const LAST_STARTS = `
  SELECT started_at FROM (
    SELECT started_at FROM jobs WHERE state <> 'queued' AND started_at IS NOT NULL ORDER BY number DESC LIMIT 20
  ) ORDER BY started_at DESC`;

/** @param times milliseconds, the latest first. */
function averageGapSeconds(times: readonly number[]): number | null {
  const [last] = times;
  const first = times.at(-1);
  if (last === undefined || first === undefined || times.length < 2) return null;
  return (last - first) / (times.length - 1) / 1000;
}

function beforeNumber(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
}

import {
  Problem,
  type JobQuery,
  type JobState,
  type MediaType,
  type ProblemDocument,
  type Quality,
} from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { JobRow, type JobRecord } from './job-record.ts';
import { LEASED_STATES } from './job-transitions.ts';

export interface NewJob {
  readonly id: string;
  readonly type: MediaType;
  readonly url: string;
  readonly sourceKey: string;
  readonly quality: Quality;
  readonly mediaId: string;
  readonly createdAt: number;
}

/** Who claims a job, when, and the id of the item that becomes of it. */
export interface JobClaim {
  readonly worker: string;
  readonly instance: string;
  readonly mediaId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What may change in a job; a key that is absent stays as it is. */
export interface JobChange {
  readonly state?: JobState;
  readonly title?: string;
  readonly extractor?: string | null;
  readonly sourceId?: string | null;
  readonly mediaId?: string;
  readonly handling?: 'copied' | 'encoded' | null;
  readonly isPlayable?: boolean;
  readonly bytes?: number;
  readonly attempt?: number;
  readonly problem?: ProblemDocument | null;
  readonly startedAt?: number | null;
  readonly playableAt?: number | null;
  readonly finishedAt?: number | null;
}

/** The queue and the history of jobs. Every call is one statement, and on the disk when it returns. */
export interface JobStore {
  insert(job: NewJob): JobRecord;
  get(id: string): JobRecord | undefined;
  /** The newest job for the same source, type and quality that has not failed. */
  findSame(job: Pick<NewJob, 'sourceKey' | 'type' | 'quality'>): JobRecord | undefined;
  /** The ready jobs whose item this is; more than one when the extractor knew them for the same. */
  findByMedia(mediaId: string): JobRecord[];
  /** A ready job for what the extractor calls by the same id. */
  findTwin(job: JobRecord, source: { extractor: string | null; sourceId: string | null }): JobRecord | undefined;
  /** Takes the job that has waited longest, atomically: its attempt counts from now, and its files get a new place. */
  claim(claim: JobClaim): JobRecord | undefined;
  /** @returns the job as it is now. */
  change(id: string, change: JobChange): JobRecord;
  /** @throws {Problem} invalid-request for a cursor that is none of ours. */
  list(query: JobQuery): { jobs: JobRecord[]; nextCursor: string | null };
  /** Jobs that a worker has claimed and that have not ended. */
  leased(): JobRecord[];
  /** The items of all jobs that are not ready: whatever is in their folders is half-made. */
  unfinishedMediaIds(): string[];
  /** Average seconds between the starts of the last jobs; null when fewer than two have started. */
  secondsBetweenStarts(): number | null;
  counts(): Partial<Record<JobState, number>>;
}

const LEASED = LEASED_STATES.map((state) => `'${state}'`).join(', ');

const COLUMNS: Readonly<Record<keyof JobChange, string>> = {
  state: 'state',
  title: 'title',
  extractor: 'extractor',
  sourceId: 'source_id',
  mediaId: 'media_id',
  handling: 'handling',
  isPlayable: 'playable',
  bytes: 'bytes',
  attempt: 'attempt',
  problem: 'problem',
  startedAt: 'started_at',
  playableAt: 'playable_at',
  finishedAt: 'finished_at',
};

export function createJobStore(database: Database): JobStore {
  const records = (sql: string, values: object): JobRecord[] =>
    database
      .prepare(sql)
      .all(values)
      .map((row) => JobRow.parse(row));
  const one = (sql: string, values: object): JobRecord | undefined => records(sql, values)[0];
  const mustBe = (record: JobRecord | undefined): JobRecord => {
    if (!record) throw new Error('the job that was written is not there');
    return record;
  };

  return {
    insert: (job) =>
      mustBe(
        one(
          `INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, created_at)
           VALUES (@id, 'queued', @type, @url, @sourceKey, @quality, @mediaId, @createdAt) RETURNING *`,
          job,
        ),
      ),
    get: (id) => one('SELECT * FROM jobs WHERE id = @id', { id }),
    findSame: ({ sourceKey, type, quality }) =>
      one(
        `SELECT * FROM jobs WHERE source_key = @sourceKey AND type = @type AND quality = @quality
         AND state NOT IN ('failed', 'cancelled') ORDER BY number DESC LIMIT 1`,
        { sourceKey, type, quality },
      ),
    findTwin: ({ id, type, quality }, { extractor, sourceId }) =>
      one(
        `SELECT * FROM jobs WHERE extractor = @extractor AND source_id = @sourceId AND type = @type AND quality = @quality
         AND state = 'ready' AND id <> @id ORDER BY number DESC LIMIT 1`,
        { id, type, quality, extractor, sourceId },
      ),
    findByMedia: (mediaId) => records(`SELECT * FROM jobs WHERE media_id = @mediaId AND state = 'ready'`, { mediaId }),
    claim: (claim) =>
      one(
        `UPDATE jobs SET state = 'resolving', attempt = attempt + 1, fence = fence + 1, started_at = @now,
           worker = @worker, instance = @instance, media_id = @mediaId
         WHERE number = (SELECT number FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1) RETURNING *`,
        claim,
      ),
    change(id, change) {
      const keys = Object.keys(change) as (keyof JobChange)[]; // the interface has no others
      const assignments = keys.map((key) => `${COLUMNS[key]} = @${key}`).join(', ');
      return mustBe(one(`UPDATE jobs SET ${assignments} WHERE id = @id RETURNING *`, { ...toColumns(change), id }));
    },
    list({ state, limit, cursor }) {
      const found = records(
        `SELECT * FROM jobs WHERE number < @before AND (@state IS NULL OR state = @state) ORDER BY number DESC LIMIT @rows`,
        { state: state ?? null, before: beforeNumber(cursor), rows: limit + 1 },
      );
      const jobs = found.slice(0, limit);
      return { jobs, nextCursor: found.length > limit ? String(jobs.at(-1)?.number ?? '') : null };
    },
    leased: () => records(`SELECT * FROM jobs WHERE state IN (${LEASED}) ORDER BY number`, {}),
    unfinishedMediaIds: () =>
      database.prepare<[], string>(`SELECT media_id FROM jobs WHERE state <> 'ready'`).pluck().all(),
    secondsBetweenStarts() {
      const starts = database.prepare<[], number>(LAST_STARTS).pluck().all();
      const [last] = starts;
      const first = starts.at(-1);
      if (last === undefined || first === undefined || starts.length < 2) return null;
      return (last - first) / (starts.length - 1) / 1000;
    },
    counts: () => {
      const rows = database
        .prepare<[], { state: JobState; count: number }>('SELECT state, count(*) AS count FROM jobs GROUP BY state')
        .all();
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
  };
}

const LAST_STARTS = `
  SELECT started_at FROM (
    SELECT started_at FROM jobs WHERE state <> 'queued' AND started_at IS NOT NULL ORDER BY number DESC LIMIT 20
  ) ORDER BY started_at DESC`;

function toColumns(change: JobChange): Record<string, unknown> {
  return {
    ...change,
    ...(change.isPlayable === undefined ? {} : { isPlayable: change.isPlayable ? 1 : 0 }),
    ...(change.problem ? { problem: JSON.stringify(change.problem) } : {}),
  };
}

function beforeNumber(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Problem('invalid-request', { faults: [{ field: 'cursor', fault: 'is not one of this list' }] });
}

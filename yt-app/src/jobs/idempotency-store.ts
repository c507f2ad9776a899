import { Problem, type MediaType, type Quality } from '@linkcast/contracts';
import { digestOf, type Database } from '@linkcast/kit';
import { z } from 'zod';

/** The request of a job: equal requests have the same three values. */
export interface WantedJob {
  readonly url: string;
  readonly type: MediaType;
  readonly quality: Quality;
}

/** A key of one caller. */
export interface IdempotencyKey {
  /** As `callerId` names them; the same key of two callers is two keys. */
  readonly caller: string;
  /** 1 to 200 printable characters. */
  readonly key: string;
}

/** Stores the job of each key of a caller. */
export interface IdempotencyStore {
  /**
   * Finds the id of the key's job; undefined for a new key.
   *
   * @throws {Problem} `idempotency-conflict` when the key was used for another request.
   */
  find(key: IdempotencyKey, wanted: WantedJob): string | undefined;
  /** Stores a key; of more than 10,000 keys of a caller, the oldest are deleted. */
  remember(key: IdempotencyKey, wanted: WantedJob, jobId: string): void;
}

const MAX_PER_CALLER = 10_000;
/** The caller that owns the keys of the earlier version; see the migration. */
const FORMER_CALLER = 'api-token';

const Row = z.object({
  digest: z.instanceof(Buffer).nullable(),
  job_id: z.string(),
  url: z.string(),
  type: z.string(),
  quality: z.string(),
});

export function createIdempotencyStore(database: Database): IdempotencyStore {
  const select = database.prepare(SELECT);
  const insert = database.prepare(INSERT);
  const forget = database.prepare(FORGET);

  return {
    find({ caller, key }, wanted) {
      const former = hasFormerKeys(caller) ? FORMER_CALLER : caller;
      const row = Row.optional().parse(select.get({ caller, former, key }));
      if (!row) return undefined;
      const storedDigest = row.digest ?? requestDigest(row);
      if (!storedDigest.equals(requestDigest(wanted))) throw new Problem('idempotency-conflict');
      return row.job_id;
    },
    remember({ caller, key }, wanted, jobId) {
      insert.run({ caller, key, digest: requestDigest(wanted), jobId });
      forget.run({ caller, most: MAX_PER_CALLER });
    },
  };
}

/** Reports whether the caller may have used the one API token of the earlier version; sessions sent no idempotency keys. */
function hasFormerKeys(caller: string): boolean {
  return caller === 'owner-key' || caller.startsWith('service:');
}

function requestDigest({ url, type, quality }: Pick<z.infer<typeof Row>, 'url' | 'type' | 'quality'>): Buffer {
  return digestOf(JSON.stringify([url, type, quality]));
}

/** A caller's own key is preferred to one of the earlier version. */
const SELECT = `
  SELECT digest, job_id, url, type, quality FROM idempotency_keys JOIN jobs ON jobs.id = job_id
  WHERE key = @key AND caller IN (@caller, @former) ORDER BY caller = @caller DESC LIMIT 1`;

const INSERT = `
  INSERT INTO idempotency_keys (caller, key, digest, job_id) VALUES (@caller, @key, @digest, @jobId)
  ON CONFLICT DO NOTHING`;

const FORGET = `
  DELETE FROM idempotency_keys WHERE caller = @caller AND number <= (
    SELECT number FROM idempotency_keys WHERE caller = @caller ORDER BY number DESC LIMIT 1 OFFSET @most)`;

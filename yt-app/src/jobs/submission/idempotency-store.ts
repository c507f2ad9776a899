import { Problem, type MediaType, type Quality } from '@linkcast/contracts';
import { digestOf } from '@linkcast/kit';
import type { Generated } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import { deleteSurplus } from '../../database/surplus.ts';

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
  find(key: IdempotencyKey, wanted: WantedJob): Promise<string | undefined>;
  /** Stores a key; of more than 10,000 keys of a caller, the oldest are deleted. */
  remember(key: IdempotencyKey, wanted: WantedJob, jobId: string): Promise<void>;
}

const MAX_PER_CALLER = 10_000;
/** The caller that owns the keys of the earlier version; see the migration. */
const FORMER_CALLER = 'api-token';

interface Tables {
  idempotency_keys: { number: Generated<number>; caller: string; key: string; digest: Buffer | null; job_id: string };
  jobs: { id: string; url: string; type: string; quality: string };
}

export function createIdempotencyStore(database: AppDatabase): IdempotencyStore {
  return {
    async find({ caller, key }, wanted) {
      const former = hasFormerKeys(caller) ? [FORMER_CALLER] : [];
      const rows = await database
        .tables<Tables>()
        .selectFrom('idempotency_keys')
        .innerJoin('jobs', 'jobs.id', 'job_id')
        .select(['caller', 'digest', 'job_id', 'url', 'type', 'quality'])
        .where('key', '=', key)
        .where('caller', 'in', [caller, ...former])
        .execute();
      const row = rows.find((each) => each.caller === caller) ?? rows[0]; // a key of their own before a former one
      if (!row) return undefined;
      const storedDigest = row.digest ?? requestDigest(row);
      if (!storedDigest.equals(requestDigest(wanted))) throw new Problem('idempotency-conflict');
      return row.job_id;
    },
    async remember({ caller, key }, wanted, jobId) {
      const tables = database.tables<Tables>();
      await tables
        .insertInto('idempotency_keys')
        .values({ caller, key, digest: requestDigest(wanted), job_id: jobId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const of = { column: 'caller', value: caller };
      await deleteSurplus(database, { table: 'idempotency_keys', of, most: MAX_PER_CALLER });
    },
  };
}

/** Reports whether the caller may have used the one API token of the earlier version; sessions sent no idempotency keys. */
function hasFormerKeys(caller: string): boolean {
  return caller === 'owner-key' || caller.startsWith('service:');
}

function requestDigest({ url, type, quality }: Pick<Tables['jobs'], 'url' | 'type' | 'quality'>): Buffer {
  return digestOf(JSON.stringify([url, type, quality]));
}

import { mergeLimits, NO_LIMITS, type Limits, type LimitsPatch } from '@linkcast/contracts';
import { z } from 'zod';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type SqlRowOf } from '../database/table.ts';

/** The limits of all members who have no exceptions. */
export interface DefaultLimits {
  read(): Promise<Limits>;
  change(patch: LimitsPatch): Promise<Limits>;
}

const columns = {
  jobsPerDay: column('jobs_per_day', z.number().nullable()),
  storageBytes: column('storage_bytes', z.number().nullable()),
  openJobs: column('open_jobs', z.number().nullable()),
};
const table = createTable(columns);
const LOCK = 'default limits';
/** The number of the one row. */
const ROW = { number: 1 };

interface Tables {
  default_limits: SqlRowOf<typeof columns> & typeof ROW;
}

export function createDefaultLimits(database: AppDatabase): DefaultLimits {
  const query = () => database.tables<Tables>();
  const activity = createActivityLog(database);
  const read = async (): Promise<Limits> =>
    (await table.readOne(query().selectFrom('default_limits').selectAll())) ?? NO_LIMITS;

  return {
    read,
    change: (patch) =>
      database.transaction(async () => {
        await database.lock(LOCK);
        const limits = mergeLimits(await read(), patch);
        const row = table.writeNew(limits);
        await query()
          .insertInto('default_limits')
          .values({ ...row, ...ROW })
          .onConflict((conflict) => conflict.column('number').doUpdateSet(row))
          .execute();
        await activity.append({ kind: 'default-limits-changed' });
        return limits;
      }),
  };
}

import { ACTIVITY_DAYS } from '@linkcast/contracts';
import { readBackupStatus, startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { ActivityLog, NewActivity } from './activity-log.ts';
import { activityTable } from './activity-table.ts';

export interface ActivityUpkeepOptions {
  readonly database: AppDatabase;
  readonly log: ActivityLog;
  /** yt-app's folder, in which the backup notes its state. */
  readonly dataDir: string;
  readonly logger: Pick<Logger, 'error'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

const KEEP_MS = ACTIVITY_DAYS * 86_400_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Deletes old entries every hour, and stores an entry for each new backup: those are made by a part without this database. */
export function startActivityUpkeep(options: ActivityUpkeepOptions): Stoppable {
  const { log, logger, clock = Date.now } = options;
  const pruning = startPeriodicLoop({
    ...{ name: 'deletion of old activity', logger, everyMs: HOUR_MS },
    async run() {
      await log.prune(clock() - KEEP_MS);
      return undefined;
    },
  });
  const backups = startPeriodicLoop({
    ...{ name: 'activity of backups', logger, everyMs: MINUTE_MS },
    async run() {
      await noteBackup(options);
      return undefined;
    },
  });
  return {
    async stop() {
      await Promise.all([pruning.stop(), backups.stop()]);
    },
  };
}

/** Stores an entry for the newest good backup, or for its restoration, unless it has one. */
export async function noteBackup({
  database,
  log,
  dataDir,
}: Pick<ActivityUpkeepOptions, 'database' | 'log' | 'dataDir'>): Promise<void> {
  const { lastGood, restoredAt } = await readBackupStatus(dataDir);
  if (lastGood === null) return;
  const { madeAt, bytes } = lastGood;
  const entry: NewActivity =
    restoredAt === undefined
      ? { kind: 'backup-made', facts: { at: madeAt, bytes } }
      : { kind: 'backup-restored', facts: { at: madeAt, restoredAt } };
  await database.transaction(async () => {
    const noted = activityTable.query(database).selectFrom('activity').select('facts').where('kind', '=', entry.kind);
    const newest = await noted.orderBy('number', 'desc').limit(1).executeTakeFirst();
    if (newest?.facts !== JSON.stringify(entry.facts)) await log.append(entry);
  });
}

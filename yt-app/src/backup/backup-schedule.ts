import {
  readBackupStatus,
  startPeriodicLoop,
  writeBackupStatus,
  type BackupFailure,
  type BackupStatus,
  type Logger,
  type Stoppable,
} from '@linkcast/kit';

export interface BackupScheduleOptions {
  /** yt-app's folder, which has the state of the backups. */
  readonly statusFolder: string;
  /** Milliseconds from one backup to the next. */
  readonly everyMs: number;
  /** Makes a backup, and notes its result in the state. Resolves with a failure that it could not note itself. */
  readonly run: (signal: AbortSignal) => Promise<BackupFailure | undefined>;
  readonly logger: Pick<Logger, 'error'>;
  readonly clock?: () => number;
  /** Milliseconds from the start to the first check. Default 60,000: the other parts start meanwhile. */
  readonly firstAfterMs?: number;
  /** Milliseconds from one check to the next at most. Default 60,000. */
  readonly checkMs?: number;
}

/** A failed backup is tried again after so long, or after `everyMs` when that is less. */
const RETRY_MS = 3_600_000;

/** Makes backups for as long as it runs: when the newest good one is old enough, also one that was made by hand. */
export function startBackupSchedule(options: BackupScheduleOptions): Stoppable {
  const { statusFolder, everyMs, run, logger, clock = Date.now, firstAfterMs = 60_000, checkMs = 60_000 } = options;
  return startPeriodicLoop({
    name: 'backup',
    logger,
    firstAfterMs,
    everyMs: checkMs,
    async run(signal) {
      if (!isDue(await readBackupStatus(statusFolder), everyMs, clock())) return undefined;
      const failure = await run(signal);
      if (failure === undefined || signal.aborted) return undefined;
      const { lastGood } = await readBackupStatus(statusFolder);
      await writeBackupStatus(statusFolder, {
        lastGood,
        lastRun: { endedAt: new Date(clock()).toISOString(), failure },
      });
      return undefined;
    },
  });
}

/** Times that lie ahead were written by a clock that was wrong: they count as long ago. */
export function isDue({ lastGood, lastRun }: BackupStatus, everyMs: number, nowMs: number): boolean {
  const ageMs = (at: string | undefined): number => {
    const age = at === undefined ? Infinity : nowMs - Date.parse(at);
    return age < 0 ? Infinity : age;
  };
  if (ageMs(lastGood?.madeAt) < everyMs) return false;
  const hasFailed = lastRun !== null && lastRun.failure !== null;
  return !hasFailed || ageMs(lastRun.endedAt) >= Math.min(everyMs, RETRY_MS);
}

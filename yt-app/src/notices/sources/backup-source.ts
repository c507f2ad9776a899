import { readBackupStatus, type BackupStatus } from '@linkcast/kit';
import { message } from '@linkcast/texts';
import type { ObservedCondition } from '../condition.ts';
import type { NoticeSource } from '../notice-source.ts';

export interface BackupSourceOptions {
  /** yt-app's folder, in which the backup notes its state. */
  readonly dataDir: string;
  /** Milliseconds from one backup to the next; undefined: none are scheduled. */
  readonly backupEveryMs: number | undefined;
  /** Time of the oldest item in milliseconds since 1970; undefined: the library is empty. */
  readonly oldestItem: () => Promise<number | undefined>;
  readonly clock?: () => number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many intervals without a good backup are reported: one of them may fail, for a disk that is away for a night. */
const LATE_INTERVALS = 2;
/** A library of this age is worth a backup. */
const WORTH_MS = 30 * DAY_MS;
/** A failed backup is tried again within the hour. */
const FAILURE_LASTS_MS = 2 * HOUR_MS;

/**
 * Observes the age of the newest good backup and the failure of the last one. Without a schedule it reports once, as
 * information, that a library of some age has no backup.
 */
export function createBackupSource(options: BackupSourceOptions): NoticeSource {
  const { dataDir, backupEveryMs, oldestItem, clock = Date.now } = options;
  return {
    name: 'backup',
    async observe() {
      const status = await readBackupStatus(dataDir);
      if (backupEveryMs !== undefined) return [...lateness(status, backupEveryMs, clock()), ...failure(status)];
      return status.lastGood === null ? absence(await oldestItem(), clock()) : [];
    },
  };
}

function lateness({ lastGood }: BackupStatus, everyMs: number, nowMs: number): ObservedCondition[] {
  if (lastGood === null)
    return [
      {
        code: 'backup-missing',
        severity: 'warning',
        message: message('backup-missing-notice'),
        action: message('do-check-backup'),
        opensAfterMs: HOUR_MS,
      },
    ];
  const ageMs = nowMs - Date.parse(lastGood.madeAt);
  if (ageMs <= LATE_INTERVALS * everyMs) return [];
  return [
    {
      code: 'backup-old',
      severity: 'warning',
      message: message('backup-old-notice', { days: Math.max(1, Math.floor(ageMs / DAY_MS)) }),
      action: message('do-check-backup'),
    },
  ];
}

function failure({ lastRun }: BackupStatus): ObservedCondition[] {
  if (lastRun === null || lastRun.failure === null) return [];
  const cause = message(`backup-${lastRun.failure}`);
  return [
    {
      code: 'backup-failed',
      severity: 'warning',
      message: { ...message('backup-failed-notice', { at: lastRun.endedAt }), cause },
      action: message('do-check-backup'),
      opensAfterMs: FAILURE_LASTS_MS,
    },
  ];
}

function absence(oldestMs: number | undefined, nowMs: number): ObservedCondition[] {
  if (oldestMs === undefined || nowMs - oldestMs < WORTH_MS) return [];
  return [
    {
      code: 'backup-none',
      severity: 'info',
      message: message('backup-none-notice'),
      action: message('do-make-backup'),
    },
  ];
}

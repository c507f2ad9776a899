/** Makes backups on schedule. It answers nobody; its health is the age of the file `backup/alive` in DATA_DIR. */
import { createLogger, loadConfigOrExit, mainFile, runService, startPeriodicLoop, type Stoppable } from '@linkcast/kit';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runBackupProcess } from './backup-process.ts';
import { startBackupSchedule } from './backup-schedule.ts';
import { BackupConfig } from './config.ts';

const BEAT_MS = 60_000;
const WALL_SECONDS = 900;
/** With the media, hundreds of gigabytes may have to be copied. */
const WALL_SECONDS_WITH_MEDIA = 43_200;

const config = loadConfigOrExit(BackupConfig, process.env);
const env = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
const logger = createLogger({
  service: 'backup',
  level: config.LOG_LEVEL,
  secrets: [config.DATABASE_URL, config.BACKUP_PASSPHRASE],
});

await runService({ logger, start });

async function start(): Promise<Stoppable> {
  const alive = path.join(config.DATA_DIR, 'backup/alive');
  await mkdir(path.dirname(alive), { recursive: true });
  const beat = startPeriodicLoop({
    name: 'heartbeat',
    logger,
    everyMs: BEAT_MS,
    run: async () => {
      await writeFile(alive, `${new Date().toISOString()}\n`);
      return undefined;
    },
  });
  const statusFolder = path.join(config.DATA_DIR, 'yt-app');
  const schedule = startBackupSchedule({
    statusFolder,
    everyMs: config.BACKUP_EVERY * 1000,
    logger,
    run: (signal) =>
      runBackupProcess({
        main: mainFile(path.join(import.meta.dirname, '../make-backup')),
        env,
        statusFolder,
        wallSeconds: config.INCLUDE_MEDIA === '1' ? WALL_SECONDS_WITH_MEDIA : WALL_SECONDS,
        signal,
      }),
  });
  logger.info({ directory: config.BACKUP_DIR, everySeconds: config.BACKUP_EVERY }, 'backups are scheduled');
  return { stop: () => Promise.all([beat.stop(), schedule.stop()]).then(() => undefined) };
}

import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import type { YtAppProcess } from '@linkcast/testing';

/** A backup beside requests. */
export interface BackupFigures {
  /** From the start of its process to its end, in milliseconds. */
  readonly backupMs: number;
  /** The slowest of the requests meanwhile, one after another, in milliseconds. */
  readonly backupSlowestMs: number;
}

const MAIN = path.resolve(import.meta.dirname, '../../../dist/yt-app/make-backup/main.js');
const WALL_SECONDS = 300;

/** Makes a backup of a running yt-app, without the media. @param databaseUrl of PostgreSQL; undefined: SQLite */
export async function measureBackup(service: YtAppProcess, databaseUrl: string | undefined): Promise<BackupFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-bench-backup-'));
  try {
    const [dataDir, directory] = [path.join(folder, 'data'), path.join(folder, 'backups')];
    await mkdir(path.join(dataDir, 'secrets'), { recursive: true });
    await mkdir(directory);
    await symlink(service.dataDir, path.join(dataDir, 'yt-app'));
    const settings = {
      DATA_DIR: dataDir,
      MEDIA_DIR: service.mediaDir,
      BACKUP_DIR: directory,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    };
    const requests = timeRequests(service);
    const beganAt = performance.now();
    const { outcome } = await runProgram({
      file: process.execPath,
      args: [MAIN],
      env: { ...minimalEnvironment(folder), ...settings },
      wallSeconds: WALL_SECONDS,
    });
    const backupMs = performance.now() - beganAt;
    const backupSlowestMs = await requests.stop();
    if (outcome.kind !== 'finished') throw new Error(`the backup has failed: ${JSON.stringify(outcome)}`);
    return { backupMs, backupSlowestMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Requests the list again and again. `stop` resolves with the time of the slowest request, in milliseconds. */
function timeRequests({ api }: YtAppProcess): { stop(): Promise<number> } {
  const stopping = new AbortController();
  const run = async (): Promise<number> => {
    let slowestMs = 0;
    while (!stopping.signal.aborted) {
      const beganAt = performance.now();
      await api.listMedia({ limit: 50 });
      slowestMs = Math.max(slowestMs, performance.now() - beganAt);
    }
    return slowestMs;
  };
  const running = run();
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}

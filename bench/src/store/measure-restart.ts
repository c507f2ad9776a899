import path from 'node:path';
import { startYtApp } from '@linkcast/testing';
import { waitForRecovery } from './library-recovery.ts';
import { makeJobs } from './store-content.ts';

/** The library and the queue of the measurement. */
export const RESTART_SIZE = { items: 10_000, jobs: 1000 } as const;

export interface RestartMeasurement {
  /** With a folder for each of the items. */
  readonly mediaDir: string;
  /** URL of an empty PostgreSQL database; undefined: SQLite. */
  readonly databaseUrl: string | undefined;
  readonly signal: AbortSignal;
}

const KILLS = 3;

/** Kills a yt-app whose jobs all wait, and starts it again. @returns the longest time until it answered, in milliseconds */
export async function measureRestart({ mediaDir, databaseUrl, signal }: RestartMeasurement): Promise<number> {
  const settings = { MEDIA_DIR: mediaDir, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) };
  const service = await startYtApp(settings, { hasWorker: false, isBundled: true });
  try {
    await waitForRecovery(service.api, signal);
    await service.main.kill('SIGTERM');
    const { jobs } = RESTART_SIZE;
    await makeJobs(databaseUrl ?? path.join(service.dataDir, 'yt-app.sqlite'), { jobs, waiting: jobs });
    await service.start();
    const times: number[] = [];
    for (let count = 0; count < KILLS; count += 1) {
      await waitForRecovery(service.api, signal);
      const killedAt = performance.now();
      await service.main.kill('SIGKILL');
      await service.start();
      times.push(performance.now() - killedAt);
    }
    return Math.max(...times);
  } finally {
    await service.close();
  }
}

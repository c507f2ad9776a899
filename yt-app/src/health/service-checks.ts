import { access, constants } from 'node:fs/promises';
import { isProblem } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { message } from '@linkcast/texts';
import { checkResult, type CheckResult, type HealthCheck } from './health-check.ts';
import { checkRecovery, checkVolume, LIBRARY_CHECK, VOLUME_CHECK } from '../library/library-health.ts';
import type { Library } from '../library/library.ts';
import type { LibraryVolume } from '../library/volume/library-volume.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import type { StationControl } from '../station/station-control.ts';
import { oldestRelease } from '../work/downloader-release.ts';
import type { QueuePause } from '../work/waiting/queue-pause.ts';
import type { WorkerRegistry } from '../work/worker-registry.ts';

const DAY_MS = 86_400_000;

export interface CheckedParts {
  readonly database: AppDatabase;
  readonly mediaDir: string;
  readonly volume: LibraryVolume;
  readonly storage: StorageGuard;
  readonly workers: WorkerRegistry;
}

/** The checks of what yt-app needs to run jobs. */
export function createServiceChecks({ database, mediaDir, volume, storage, workers }: CheckedParts): HealthCheck[] {
  return [
    { name: 'database', run: () => checkDatabase(database) },
    { name: 'worker', run: () => Promise.resolve(checkWorkers(workers)) },
    { name: 'downloader', run: () => Promise.resolve(checkDownloaders(workers)) },
    {
      name: VOLUME_CHECK,
      run: async () => {
        const result = await checkVolume(volume);
        if (result.ok) await access(mediaDir, constants.W_OK);
        return result;
      },
    },
    { name: 'disk space', run: () => checkStorage(storage) },
  ];
}

async function checkDatabase(database: AppDatabase): Promise<CheckResult> {
  await database.check();
  if (database.limitation === 'full') return checkResult(false, message('database-disk-full'));
  if (database.limitation === 'read-only') return checkResult(false, message('database-read-only'));
  return checkResult(true, message('answers'));
}

function checkWorkers(workers: WorkerRegistry): CheckResult {
  const { length: count } = workers.present();
  return count > 0
    ? checkResult(true, message('workers-busy', { count }))
    : checkResult(false, message('workers-none'));
}

function checkDownloaders(workers: WorkerRegistry): CheckResult {
  const versions = [...new Set(workers.present().flatMap(({ downloader }) => downloader ?? []))];
  const oldest = oldestRelease(workers);
  const days = oldest ? Math.max(0, Math.floor((Date.now() - oldest.at) / DAY_MS)) : null;
  return versions.length > 0
    ? checkResult(true, message('downloader-versions', { versions, days }))
    : checkResult(false, message('downloader-none'));
}

async function checkStorage(storage: StorageGuard): Promise<CheckResult> {
  try {
    await storage.check();
    return checkResult(true, message('storage-fine'));
  } catch (error) {
    return checkResult(false, message(isProblem(error) ? 'storage-over-limit' : 'storage-unknown'));
  }
}

/** The check of the station. The API works without it: it counts for `/api/health`, not for `/readyz`. */
export function createStationCheck(control: StationControl): HealthCheck {
  return {
    name: 'station',
    run: async () => {
      const { online, listeners: count } = await control.status();
      return online ? checkResult(true, message('station-on-air', { count })) : checkResult(false, message('silent'));
    },
  };
}

/** The check of directories that recovery could not identify. The API works all the same; the owner decides about them. */
export function createLibraryCheck(library: Pick<Library, 'recovery'>): HealthCheck {
  return { name: LIBRARY_CHECK, run: () => Promise.resolve(checkRecovery(library)) };
}

/** The check of the conditions because of which no job is claimed. The API works all the same, and the jobs continue by themselves. */
export function createQueueCheck(pause: Pick<QueuePause, 'reasons'>): HealthCheck {
  return {
    name: 'queue',
    run() {
      const [reason] = pause.reasons().keys();
      return Promise.resolve(checkResult(reason === undefined, message(QUEUE_MESSAGES[reason ?? 'none'])));
    },
  };
}

const QUEUE_MESSAGES = {
  none: 'queue-open',
  storage: 'queue-paused-storage',
  network: 'queue-paused-network',
  downloader: 'queue-paused-downloader',
} as const;

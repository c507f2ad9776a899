import { access, constants } from 'node:fs/promises';
import { isProblem } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import type { HealthCheck } from './health-check.ts';
import { checkRecovery, checkVolume, LIBRARY_CHECK, VOLUME_CHECK } from '../library/library-health.ts';
import type { Library } from '../library/library.ts';
import type { LibraryVolume } from '../library/volume/library-volume.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import type { StationControl } from '../station/station-control.ts';
import type { WorkerRegistry } from '../work/worker-registry.ts';

export interface CheckedParts {
  readonly database: Database;
  readonly mediaDir: string;
  readonly volume: LibraryVolume;
  readonly storage: StorageGuard;
  readonly workers: WorkerRegistry;
}

const OVER_LIMIT = 'over STORAGE_LIMIT: delete something from the library';

/** The checks of what yt-app needs to run jobs. */
export function createServiceChecks({ database, mediaDir, volume, storage, workers }: CheckedParts): HealthCheck[] {
  return [
    {
      name: 'database',
      run: () =>
        Promise.resolve({ ok: database.pragma('user_version', { simple: true }) !== undefined, detail: 'answers' }),
    },
    {
      name: 'worker',
      run: () => {
        const { length } = workers.present();
        return Promise.resolve({ ok: length > 0, detail: length > 0 ? `${length} at work` : 'none requests work' });
      },
    },
    {
      name: 'downloader',
      run: () => {
        const versions = workers.present().flatMap(({ downloader }) => downloader ?? []);
        const detail =
          versions.length > 0 ? `yt-dlp ${[...new Set(versions)].join(', ')}` : 'no yt-dlp that may be run';
        return Promise.resolve({ ok: versions.length > 0, detail });
      },
    },
    {
      name: VOLUME_CHECK,
      run: async () => {
        const result = await checkVolume(volume);
        if (result.ok) await access(mediaDir, constants.W_OK);
        return result;
      },
    },
    {
      name: 'disk space',
      run: () =>
        storage.check().then(
          () => ({ ok: true, detail: 'below the limit' }),
          (error: unknown) => ({ ok: false, detail: isProblem(error) ? OVER_LIMIT : 'cannot be measured' }),
        ),
    },
  ];
}

/** The check of the station. The API works without it: it counts for `/api/health`, not for `/readyz`. */
export function createStationCheck(control: StationControl): HealthCheck {
  return {
    name: 'station',
    run: async () => {
      const { online, listeners } = await control.status();
      return { ok: online, detail: online ? `on air, ${listeners} listening` : 'does not answer' };
    },
  };
}

/** The check of directories that recovery could not identify. The API works all the same; the owner decides about them. */
export function createLibraryCheck(library: Pick<Library, 'recovery'>): HealthCheck {
  return { name: LIBRARY_CHECK, run: () => Promise.resolve(checkRecovery(library)) };
}

import { access, constants } from 'node:fs/promises';
import type { Database } from '@linkcast/kit';
import type { HealthCheck } from './http/health-check.ts';
import type { DownloaderVersion } from './media/downloader-version.ts';
import type { StorageGuard } from './media/storage-guard.ts';
import type { StationControl } from './station/station-control.ts';

export interface CheckedParts {
  readonly database: Database;
  readonly mediaDir: string;
  readonly storage: StorageGuard;
  readonly downloader: DownloaderVersion;
}

/** What must be well for yt-app to take jobs. */
export function createHealthChecks({ database, mediaDir, storage, downloader }: CheckedParts): HealthCheck[] {
  return [
    {
      name: 'database',
      run: () =>
        Promise.resolve({ ok: database.pragma('user_version', { simple: true }) !== undefined, detail: 'answers' }),
    },
    {
      name: 'downloader',
      run: async () => {
        if (!downloader.isUsable()) await downloader.refresh(); // it may have been installed or updated since the start
        return { ok: downloader.isUsable(), detail: `yt-dlp ${downloader.current() ?? 'is missing'}` };
      },
    },
    {
      name: 'media volume',
      run: async () => {
        await access(mediaDir, constants.W_OK);
        return { ok: true, detail: 'can be written' };
      },
    },
    {
      name: 'disk space',
      run: () =>
        storage.check().then(
          () => ({ ok: true, detail: 'below the limit' }),
          () => ({ ok: false, detail: 'over STORAGE_LIMIT: delete something from the library' }),
        ),
    },
  ];
}

/** The station is a part of its own: when it is away, the rest goes on. For `/api/health`, not for `/readyz`. */
export function createStationCheck(control: StationControl): HealthCheck {
  return {
    name: 'station',
    run: async () => {
      const { online, listeners } = await control.status();
      return { ok: online, detail: online ? `on air, ${listeners} listening` : 'does not answer' };
    },
  };
}

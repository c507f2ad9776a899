import type { AppDatabase } from '../database/app-database.ts';
import { readDatabaseLoss } from '../database/database-loss.ts';
import type { JobStatistics } from '../jobs/job-statistics.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import type { LibraryVolume } from '../library/volume/library-volume.ts';
import type { PartStatuses } from '../parts/part-statuses.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import type { CookieJars } from '../cookies/cookie-jars.ts';
import type { ProfilesFile } from '../profiles/profiles-file.ts';
import type { QueuePause } from '../work/waiting/queue-pause.ts';
import type { WorkerRegistry } from '../work/worker-registry.ts';
import type { NoticeSource } from './notice-source.ts';
import { createBackupSource } from './sources/backup-source.ts';
import { createCertificateSource } from './sources/certificate-source.ts';
import { createCookieSource } from './sources/cookie-source.ts';
import { createDamageSource } from './sources/damage-source.ts';
import { createDataDiskSource } from './sources/data-disk-source.ts';
import { createDatabaseLossSource } from './sources/database-loss-source.ts';
import { createDatabaseSource } from './sources/database-source.ts';
import { createDeliverySource } from './sources/delivery-source.ts';
import { createDownloaderAgeSource } from './sources/downloader/downloader-age-source.ts';
import { createDownloaderSource } from './sources/downloader/downloader-source.ts';
import { createDownloaderUpdatesSource } from './sources/downloader/downloader-updates-source.ts';
import { createLibrarySource } from './sources/library-source.ts';
import { createMediaDiskSource } from './sources/media-disk-source.ts';
import { createNameSource } from './sources/name-source.ts';
import { createPauseSource } from './sources/pause-source.ts';
import { createProfilesSource } from './sources/profiles-source.ts';
import { createQueueSource } from './sources/queue-source.ts';
import { createReachabilitySource } from './sources/reachability-source.ts';
import { createSilentPartSource } from './sources/silent-part-source.ts';
import { createVolumeSource } from './sources/volume-source.ts';
import { createWorkerSource } from './sources/worker-source.ts';

/** The parts that the sources observe. */
export interface ObservedParts {
  readonly statuses: PartStatuses;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly volume: Pick<LibraryVolume, 'check'>;
  readonly library: Pick<Library, 'recovery' | 'scrub'>;
  readonly database: Pick<AppDatabase, 'check' | 'limitation'>;
  readonly jobs: Pick<JobStatistics, 'countDue' | 'lastStart'>;
  readonly pause: Pick<QueuePause, 'reasons'>;
  readonly profiles: Pick<ProfilesFile, 'faults'>;
  readonly cookies: Pick<CookieJars, 'ofInstallation'>;
  readonly deliveries: Pick<Deliveries, 'store' | 'targets'>;
  readonly workers: WorkerRegistry;
  readonly items: Pick<ItemStore, 'countUndecoded' | 'list' | 'trashBytes'>;
  readonly dataDir: string;
  readonly mediaDir: string;
  /** Milliseconds from one backup to the next; undefined: none are scheduled. */
  readonly backupEveryMs: number | undefined;
  /** STORAGE_LIMIT, 0 to 1. */
  readonly storageLimit: number;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
  /** Reports whether the media volume is present and the library recovered, so that jobs can start. */
  readonly isMediaReady: () => boolean;
}

/** Creates all sources of notices. */
export function createNoticeSources(parts: ObservedParts): NoticeSource[] {
  const { statuses, workers } = parts;
  return [
    createNameSource(statuses),
    createCertificateSource(statuses),
    createSilentPartSource(statuses),
    createReachabilitySource(parts),
    createVolumeSource(parts.volume),
    createLibrarySource(parts.library),
    createDamageSource(parts.library),
    createMediaDiskSource({ ...parts, trashBytes: () => parts.items.trashBytes() }),
    createDataDiskSource(parts),
    createDatabaseSource(parts.database),
    createDatabaseLossSource({ readLoss: () => readDatabaseLoss(parts.dataDir) }),
    createWorkerSource(workers),
    createDownloaderSource(workers),
    createDownloaderAgeSource(workers),
    createDownloaderUpdatesSource(workers),
    createQueueSource(parts),
    createBackupSource({ ...parts, oldestItem: () => oldestItem(parts.items) }),
    createPauseSource(parts.pause),
    createProfilesSource(parts.profiles),
    createCookieSource(parts.cookies),
    createDeliverySource(parts.deliveries),
  ];
}

/** Time of the oldest item, in milliseconds since 1970. */
async function oldestItem(items: Pick<ItemStore, 'list'>): Promise<number | undefined> {
  const { records } = await items.list({ sort: 'oldest', limit: 1 }, 'everything');
  return records[0]?.createdAt;
}

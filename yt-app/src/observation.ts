import type { Logger } from '@linkcast/kit';
import type { YtAppConfig } from './config.ts';
import type { AppDatabase } from './database/app-database.ts';
import type { JobStore } from './jobs/job-store.ts';
import { addMetricSources, type MeasuredParts } from './metrics/metric-sources.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Deliveries } from './deliveries/deliveries.ts';
import type { CookieJars } from './cookies/cookie-jars.ts';
import type { ProfilesFile } from './profiles/profiles-file.ts';
import { createNotices, type Notices } from './notices/notices.ts';

interface Observer {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly version: string;
  readonly database: AppDatabase;
}

type Observed = Pick<MeasuredParts, 'statuses' | 'volume' | 'library' | 'pause' | 'workers' | 'items' | 'control'> &
  Pick<MeasuredParts, 'isMediaPresent' | 'isMediaReady'> & {
    readonly store: JobStore;
    readonly metrics: Metrics;
    readonly profiles: Pick<ProfilesFile, 'faults'>;
    readonly cookies: Pick<CookieJars, 'ofInstallation'>;
    readonly deliveries: Pick<Deliveries, 'store' | 'targets'>;
  };

/** Creates what observes the other parts: the notices, and the gauges of the metrics. */
export function observe(
  { config, logger, database, version }: Observer,
  { store, metrics, ...others }: Observed,
): Notices {
  const parts = {
    ...{ ...others, database, jobs: store },
    backupEveryMs: config.BACKUP_DIR === undefined ? undefined : config.BACKUP_EVERY * 1000,
    ...{ httpPort: config.HTTP_PORT, httpsPort: config.HTTPS_PORT },
    ...{ dataDir: config.DATA_DIR, mediaDir: config.MEDIA_DIR, storageLimit: config.STORAGE_LIMIT },
  };
  const notices = createNotices({ ...parts, database, logger });
  addMetricSources(metrics, { ...parts, version, openNotices: () => notices.open() });
  return notices;
}

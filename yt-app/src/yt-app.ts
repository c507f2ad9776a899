import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger, Stoppable } from '@linkcast/kit';
import { createAccessControl, type AccessControl } from './access/access-control.ts';
import { acceptedKeys, type YtAppConfig } from './config.ts';
import { openAppDatabase, type AppDatabase } from './database/app-database.ts';
import { createJobTickets } from './egress/job-tickets.ts';
import { startEvents, type Events } from './events/events.ts';
import { createLibraryCheck, createServiceChecks, createStationCheck } from './health/service-checks.ts';
import { createApp, type App } from './http/app.ts';
import { listen } from './http/server.ts';
import { createJobService, type JobService } from './jobs/job-service.ts';
import { createJobPublisher } from './jobs/job-publisher.ts';
import { createJobStore, type JobStore } from './jobs/job-store.ts';
import { createLibraryParts, type LibraryParts } from './library/library-parts.ts';
import { createNotices, type Notices } from './notices/notices.ts';
import { createStorageGuard } from './pipeline/limits/storage-guard.ts';
import { createPartStatuses, type PartStatuses } from './parts/part-statuses.ts';
import { createStationControl, type StationControl } from './station/station-control.ts';
import { createStationService, type StationService } from './station/station-service.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createLeases } from './work/leases.ts';
import { createWork, type WorkParts } from './work/work.ts';

export interface YtApp extends Stoppable {
  /** The address of the API: `http://127.0.0.1:5000`. */
  readonly url: string;
}

/** Starts the API: puts its parts together and listens. The library is recovered while the API listens already. */
export async function startYtApp(config: YtAppConfig, logger: Logger, version: string): Promise<YtApp> {
  await mkdir(config.DATA_DIR, { recursive: true });
  const database = await openAppDatabase(config.DATABASE_URL ?? path.join(config.DATA_DIR, 'yt-app.sqlite'));
  const parts = await createParts({ config, logger, database });
  const { library, store, work, notices, access } = parts;

  await access.inviteBySettings({ allowedUsers: config.ALLOWED_USERS ?? [], owners: config.OWNERS ?? [] });

  await work.recoverLeases();
  const isDatabaseNew = Object.keys(await store.counts()).length === 0; // before a call adds a job
  await library.watch.start({
    recover: (signal) => work.recoverFiles({ isDatabaseNew }, signal),
    onReady() {
      work.queue.wake();
      notices.observeNow();
    },
  });
  await notices.start();
  const app = createApi(parts, version);
  const server = await listen(app.app, { host: config.HOST, port: config.PORT, logger });

  return {
    url: server.url,
    async stop() {
      server.close();
      await Promise.all([library.watch.stop(), notices.stop()]);
      app.stop();
      work.stop();
      server.closeAllConnections();
      await parts.events.stop();
      await database.close();
    },
  };
}

interface Base {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly database: AppDatabase;
}

interface Parts extends Base {
  readonly events: Events;
  readonly library: LibraryParts;
  readonly control: StationControl;
  readonly station: StationService;
  readonly statuses: PartStatuses;
  readonly store: JobStore;
  readonly work: WorkParts;
  readonly jobs: JobService;
  readonly notices: Notices;
  readonly access: AccessControl;
}

async function createParts(base: Base): Promise<Parts> {
  const { config, logger, database } = base;
  const events = startEvents({ database, logger });
  const { log, feed } = events;
  const leases = createLeases();
  const publisher = createJobPublisher({ events, progressOf: (jobId) => leases.progressOf(jobId) });
  const store = createJobStore(database, publisher);
  const library = createLibraryParts({
    ...{ database, mediaDir: config.MEDIA_DIR, events: log, logger },
    onRemoved: (mediaId) => store.loseItem(mediaId),
  });
  const { isReady: isMediaReady, isPresent: isMediaPresent } = library.watch;
  const control = createStationControl({ url: config.STATION_URL, key: config.SERVICE_KEY });
  const station = await createStationService({
    ...{ store: library.items, database, control, events: log, logger, isMediaReady },
  });
  const statuses = createPartStatuses({
    ddnsUrl: config.DDNS_URL,
    certbotUrl: config.CERTBOT_URL,
    key: config.SERVICE_KEY,
  });
  const tickets = createJobTickets({
    egressUrl: config.EGRESS_URL,
    key: config.EGRESS_KEY,
    maxBytes: config.MAX_SIZE,
    readName: statuses.readName,
  });
  const work = createWork({
    ...{ store, database, publisher, leases, logger, isMediaReady, items: library.items, library: library.library },
    mediaDir: config.MEDIA_DIR,
    limits: { maxHeight: config.MAX_HEIGHT, maxDurationSeconds: config.MAX_DURATION, maxBytes: config.MAX_SIZE },
    proxyUrlFor: (claimId, lifetimeMs) => tickets.issue(claimId, lifetimeMs),
    onAudioReady: (mediaId) => void station.onAudioReady(mediaId),
  });
  const jobs = createJobService({
    ...{ store, database, publisher, feed, isMediaPresent, queue: work.queue, probe: work.probe },
    allowPrivate: config.ALLOW_PRIVATE_SOURCES,
    canDownload: () => work.workers.canDownload(),
  });
  const notices = createNotices({
    ...{ ...library, database, logger, statuses, isMediaPresent, isMediaReady, jobs: store, workers: work.workers },
    ...{ httpPort: config.HTTP_PORT, httpsPort: config.HTTPS_PORT },
    ...{ dataDir: config.DATA_DIR, mediaDir: config.MEDIA_DIR, storageLimit: config.STORAGE_LIMIT },
  });
  const access = createAccessControl({
    ...{ database, logger },
    keyDigests: acceptedKeys(config),
    isPublic: config.ACCESS === 'public',
    ownerCode: config.OWNER_CODE,
  });
  return { ...base, events, library, control, station, statuses, store, work, jobs, notices, access };
}

function createApi({ config, logger, database, statuses, ...parts }: Parts, version: string): App {
  const { library, volume } = parts.library;
  const { MEDIA_DIR: mediaDir, HTTP_PORT: httpPort, HTTPS_PORT: httpsPort } = config;
  const storage = createStorageGuard(mediaDir, config.STORAGE_LIMIT);
  return createApp({
    jobs: parts.jobs,
    work: parts.work.service,
    library,
    station: parts.station,
    feed: parts.events.feed,
    logger,
    access: parts.access,
    shareLifetimeSeconds: config.SHARE_LIFETIME,
    maxHeight: config.MAX_HEIGHT,
    upkeep: createUpkeep({ statuses, httpPort, httpsPort }),
    language: config.LANGUAGE,
    version,
    checks: createServiceChecks({ database, mediaDir, volume, storage, workers: parts.work.workers }),
    reports: [createStationCheck(parts.control), createLibraryCheck(library)],
    notices: () => parts.notices.open(),
    countJobs: () => parts.store.counts(),
  });
}

import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { CertificateStatus, NameStatus } from '@linkcast/contracts';
import { openDatabase, type Logger, type Stoppable } from '@linkcast/kit';
import { accessMigration } from './access/access-migration.ts';
import { createAccess } from './access/access.ts';
import { createApp } from './app.ts';
import { acceptedKeys, type YtAppConfig } from './config.ts';
import { createJobTickets } from './egress/job-tickets.ts';
import { createEventBus } from './events/event-bus.ts';
import { createHealthChecks, createLibraryCheck, createStationCheck } from './health-checks.ts';
import { handlingMigration } from './jobs/handling-migration.ts';
import { idempotencyMigration } from './jobs/idempotency-migration.ts';
import { createIdempotencyStore } from './jobs/idempotency-store.ts';
import { createJobService } from './jobs/job-service.ts';
import { createJobStore } from './jobs/job-store.ts';
import { jobsMigration } from './jobs/jobs-migration.ts';
import { leasesMigration } from './jobs/leases-migration.ts';
import { createProbeQueue } from './jobs/probe-queue.ts';
import { libraryNotices } from './library/library-health.ts';
import { libraryMigration } from './library/library-migration.ts';
import { createLibrary } from './library/library.ts';
import { createMediaStore } from './library/media-store.ts';
import { createMediaVolume, mediaVolumeMigration } from './library/media-volume.ts';
import { createMediaWatch } from './library/media-watch.ts';
import { createStorageGuard } from './media/storage-guard.ts';
import { createRequestQueue } from './station/request-queue.ts';
import { createStationControl } from './station/station-control.ts';
import { stationMigration } from './station/station-migration.ts';
import { createStation } from './station/station.ts';
import { createConditionLog } from './upkeep/condition-log.ts';
import { createStatusQuestion } from './upkeep/status-question.ts';
import { upkeepMigration } from './upkeep/upkeep-migration.ts';
import { CERTIFICATE_OFF, NAME_OFF } from './upkeep/off-status.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createWork } from './work/work.ts';

/** The order of these never changes; new ones are added at the end. */
const MIGRATIONS = [
  libraryMigration,
  stationMigration,
  jobsMigration,
  accessMigration,
  upkeepMigration,
  mediaVolumeMigration,
  idempotencyMigration,
  handlingMigration,
  leasesMigration,
];

export interface YtApp extends Stoppable {
  /** Where the API listens: `http://127.0.0.1:5000`. */
  readonly url: string;
}

/** Puts the parts together, recovers from whatever happened before, and starts to listen. */
export async function startYtApp(config: YtAppConfig, logger: Logger, version: string): Promise<YtApp> {
  const { MEDIA_DIR: mediaDir, DATA_DIR: dataDir, ALLOW_PRIVATE_SOURCES: allowPrivate } = config;
  await mkdir(dataDir, { recursive: true });
  const database = openDatabase(path.join(dataDir, 'yt-app.sqlite'), MIGRATIONS);

  const events = createEventBus();
  const media = createMediaStore(database);
  const store = createJobStore(database);
  const volume = createMediaVolume({ mediaDir, database, itemIds: () => media.ids(), logger });
  const library = createLibrary({ store: media, mediaDir, volume, events, logger });
  const mediaWatch = createMediaWatch({
    volume,
    recover: () => work.recoverFiles(),
    onReturn: () => work.queue.wake(),
    logger,
  });
  const control = createStationControl({ url: config.STATION_URL, key: config.SERVICE_KEY });
  const station = createStation({
    store: media,
    requests: createRequestQueue(database),
    control,
    events,
    logger,
    isMediaReady: mediaWatch.isReady,
  });

  const access = createAccess({
    database,
    keyDigests: acceptedKeys(config),
    isPublic: config.ACCESS === 'public',
    logger,
  });
  const askName = createStatusQuestion({
    url: config.DDNS_URL ?? NAME_OFF,
    key: config.SERVICE_KEY,
    schema: NameStatus,
  });
  const upkeep = createUpkeep({
    askName,
    askCertificate: createStatusQuestion({
      url: config.CERTBOT_URL ?? CERTIFICATE_OFF,
      key: config.SERVICE_KEY,
      schema: CertificateStatus,
    }),
    conditions: createConditionLog(database),
    httpPort: config.HTTP_PORT,
    httpsPort: config.HTTPS_PORT,
  });

  const storage = createStorageGuard(mediaDir, config.STORAGE_LIMIT);
  const tickets = createJobTickets({
    egressUrl: config.EGRESS_URL,
    key: config.EGRESS_KEY,
    maxBytes: config.MAX_SIZE,
    askName,
  });
  const work = createWork({
    store,
    media,
    library,
    database,
    mediaDir,
    events,
    logger,
    limits: { maxHeight: config.MAX_HEIGHT, maxDurationSeconds: config.MAX_DURATION, maxBytes: config.MAX_SIZE },
    proxyUrlFor: (claimId, lifetimeMs) => tickets.issue(claimId, lifetimeMs),
    isMediaReady: mediaWatch.isReady,
    onAudioReady: (mediaId) => void station.onAudioReady(mediaId),
  });
  const jobs = createJobService({
    store,
    media,
    queue: work.queue,
    idempotencyKeys: createIdempotencyStore(database),
    probe: work.probe,
    probeQueue: createProbeQueue(),
    events,
    allowPrivate,
    canDownload: () => work.workers.canDownload(),
    isMediaReady: mediaWatch.isReady,
  });

  work.recoverLeases();
  await mediaWatch.start();
  const { app, stop: stopApp } = createApp({
    jobs,
    work: work.service,
    library,
    station,
    events,
    logger,
    access,
    shareLifetimeSeconds: config.SHARE_LIFETIME,
    maxHeight: config.MAX_HEIGHT,
    upkeep,
    version,
    checks: createHealthChecks({ database, mediaDir, volume, storage, workers: work.workers }),
    reports: [createStationCheck(control), createLibraryCheck(library)],
    notices: () => libraryNotices(volume, library),
    countJobs: () => store.counts(),
  });
  const server = createServer(app);
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  logger.info({ host: config.HOST, port }, 'listening');

  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.close();
      await mediaWatch.stop();
      stopApp();
      station.stop();
      work.stop();
      server.closeAllConnections();
      database.close();
    },
  };
}

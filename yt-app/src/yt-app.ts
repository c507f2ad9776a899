import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { CertificateStatus, NameStatus } from '@linkcast/contracts';
import type { Logger, Stoppable } from '@linkcast/kit';
import { createAccessControl } from './access/access-control.ts';
import { createApp } from './http/app.ts';
import { acceptedKeys, type YtAppConfig } from './config.ts';
import { openAppDatabase } from './database/app-database.ts';
import { createJobTickets } from './egress/job-tickets.ts';
import { createEventBus } from './events/event-bus.ts';
import { createServiceChecks, createLibraryCheck, createStationCheck } from './health/service-checks.ts';
import { createIdempotencyStore } from './jobs/idempotency-store.ts';
import { createJobService } from './jobs/job-service.ts';
import { createJobStore } from './jobs/job-store.ts';
import { createProbeQueue } from './jobs/probe-queue.ts';
import { libraryNotices } from './library/library-health.ts';
import { createLibrary } from './library/library.ts';
import { createItemStore } from './library/items/item-store.ts';
import { createLibraryVolume } from './library/volume/library-volume.ts';
import { createVolumeWatch } from './library/volume/volume-watch.ts';
import { createStorageGuard } from './pipeline/limits/storage-guard.ts';
import { createRequestQueue } from './station/request-queue.ts';
import { createStationControl } from './station/station-control.ts';
import { createStationService } from './station/station-service.ts';
import { createConditionLog } from './upkeep/condition-log.ts';
import { createStatusClient } from './parts/status-client.ts';
import { CERTIFICATE_OFF, NAME_OFF } from './upkeep/off-status.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createWork } from './work/work.ts';

export interface YtApp extends Stoppable {
  /** Where the API listens: `http://127.0.0.1:5000`. */
  readonly url: string;
}

/** Puts the parts together, recovers from whatever happened before, and starts to listen. */
export async function startYtApp(config: YtAppConfig, logger: Logger, version: string): Promise<YtApp> {
  const { MEDIA_DIR: mediaDir, DATA_DIR: dataDir, ALLOW_PRIVATE_SOURCES: allowPrivate } = config;
  await mkdir(dataDir, { recursive: true });
  const database = openAppDatabase(path.join(dataDir, 'yt-app.sqlite'));

  const events = createEventBus();
  const media = createItemStore(database);
  const store = createJobStore(database);
  const volume = createLibraryVolume({ mediaDir, database, itemIds: () => media.ids(), logger });
  const library = createLibrary({ store: media, mediaDir, volume, events, logger });
  const volumeWatch = createVolumeWatch({
    volume,
    recover: () => work.recoverFiles(),
    onReturn: () => work.queue.wake(),
    logger,
  });
  const control = createStationControl({ url: config.STATION_URL, key: config.SERVICE_KEY });
  const station = createStationService({
    store: media,
    requests: createRequestQueue(database),
    control,
    events,
    logger,
    isMediaReady: volumeWatch.isReady,
  });

  const access = createAccessControl({
    database,
    keyDigests: acceptedKeys(config),
    isPublic: config.ACCESS === 'public',
    logger,
  });
  const askName = createStatusClient({
    url: config.DDNS_URL ?? NAME_OFF,
    key: config.SERVICE_KEY,
    schema: NameStatus,
  });
  const upkeep = createUpkeep({
    askName,
    askCertificate: createStatusClient({
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
    isMediaReady: volumeWatch.isReady,
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
    isMediaReady: volumeWatch.isReady,
  });

  work.recoverLeases();
  await volumeWatch.start();
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
    checks: createServiceChecks({ database, mediaDir, volume, storage, workers: work.workers }),
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
      await volumeWatch.stop();
      stopApp();
      station.stop();
      work.stop();
      server.closeAllConnections();
      database.close();
    },
  };
}

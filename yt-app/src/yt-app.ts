import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger, Stoppable } from '@linkcast/kit';
import type { YtAppConfig } from './config.ts';
import { openAppDatabase } from './database/app-database.ts';
import { createLibraryCheck, createServiceChecks, createStationCheck } from './health/service-checks.ts';
import { createApp, type App } from './http/app.ts';
import { listen } from './http/server.ts';
import { startTrashPurging } from './library/trash/trash-purging.ts';
import { createStorageGuard } from './pipeline/limits/storage-guard.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createParts, type Parts } from './yt-app-parts.ts';

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
  await store.clearPriorities();
  const isDatabaseNew = Object.keys(await store.counts()).length === 0; // before a call adds a job
  await library.watch.start({
    recover: (signal) => work.recoverFiles({ isDatabaseNew }, signal),
    onReady() {
      work.queue.wake();
      notices.observeNow();
    },
  });
  await notices.start();
  const purging = startTrashPurging({ trash: library.library.trash, isMediaReady: library.watch.isReady, logger });
  const app = createApi(parts, version);
  const server = await listen(app.app, { host: config.HOST, port: config.PORT, logger });

  return {
    url: server.url,
    async stop() {
      server.close();
      await Promise.all([library.watch.stop(), notices.stop(), purging.stop()]);
      app.stop();
      work.stop();
      server.closeAllConnections();
      await parts.positions.stop();
      await parts.events.stop();
      await database.close();
    },
  };
}

function createApi({ config, logger, database, statuses, ...parts }: Parts, version: string): App {
  const { library, volume } = parts.library;
  const { MEDIA_DIR: mediaDir, HTTP_PORT: httpPort, HTTPS_PORT: httpsPort } = config;
  const storage = createStorageGuard(mediaDir, config.STORAGE_LIMIT);
  return createApp({
    jobs: parts.jobs,
    limits: parts.limits,
    work: parts.work.service,
    library,
    positions: parts.positions.positions,
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

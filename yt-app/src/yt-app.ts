import { once } from 'node:events';
import { isDiskFull, lockFolder, type Logger, type Stoppable } from '@linkcast/kit';
import { createActivityReads } from './activity/activity-reads.ts';
import { startActivityUpkeep } from './activity/activity-upkeep.ts';
import type { YtAppConfig } from './config.ts';
import type { StorageLimitation } from './database/app-database.ts';
import { startReserveKeeping } from './database/reserve-keeping.ts';
import { createDiagnose } from './health/diagnosis/diagnosis.ts';
import {
  createLibraryCheck,
  createQueueCheck,
  createServiceChecks,
  createStationCheck,
} from './health/service-checks.ts';
import { createApp, type App } from './http/app.ts';
import { listen } from './http/server.ts';
import { openInstallationDatabase } from './installation-database.ts';
import { startScrubbing } from './library/scrub/scrubbing.ts';
import { startTrashPurging } from './library/trash/trash-purging.ts';
import { createImports } from './uploads/import/imports.ts';
import { startImportWatch } from './uploads/import/import-watch.ts';
import { startUploadUpkeep } from './uploads/upload-upkeep.ts';
import { createUpkeep } from './upkeep/upkeep.ts';
import { createParts, type Parts } from './yt-app-parts.ts';

export interface YtApp extends Stoppable {
  /** The address of the API: `http://127.0.0.1:5000`. */
  readonly url: string;
}

export interface YtAppOptions {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly version: string;
  /** Starts the API anew: its database can be written again, or is damaged. */
  readonly restart: () => void;
}

/** Starts the API: puts its parts together and listens. The library is recovered while the API listens already. */
export async function startYtApp({ config, logger, version, restart }: YtAppOptions): Promise<YtApp> {
  const lock = lockFolder(config.DATA_DIR, 'yt-app');
  const { database, reserve } = await openInstallationDatabase({ config, logger, onUnusable: restart });
  const parts = await createParts({ config, logger, version, database, reserve });
  const { library, notices, work } = parts;
  const limitation = await prepare(parts);
  await notices.start();
  const scrubbing = startScrubbing({ scrub: library.library.scrub, isMediaReady: library.watch.isReady, logger });
  const tidying = startUploadUpkeep({ uploads: parts.uploads, isMediaReady: library.watch.isReady, logger });
  const importing = startImporting(parts);
  const purging = startTrashPurging({ trash: library.library.trash, isMediaReady: library.watch.isReady, logger });
  const keeping = startReserveKeeping({
    ...{ reserve, logger, limitation },
    ...{ dataDir: config.DATA_DIR, onUsable: restart },
  });
  const app = createApi(parts);
  const activity = startActivityUpkeep({ database, log: parts.activity, dataDir: config.DATA_DIR, logger });
  const server = await listen(app.app, { host: config.HOST, port: config.PORT, logger });

  return {
    url: server.url,
    async stop() {
      server.close();
      await Promise.all([library.watch.stop(), notices.stop(), purging.stop(), keeping.stop()]);
      await Promise.all([parts.following.stop(), parts.sources.profiles.stop()]);
      await Promise.all([
        parts.retention.stop(),
        parts.repairing.stop(),
        activity.stop(),
        scrubbing.stop(),
        tidying.stop(),
        importing?.stop(),
      ]);
      app.stop();
      work.stop();
      server.closeAllConnections();
      await parts.positions.stop();
      await parts.events.stop();
      await database.close();
      lock.release();
    },
  };
}

/** Takes the files of IMPORT_DIR; undefined without the setting. */
function startImporting({ config, uploads, jobs, access, library, logger }: Parts): Stoppable | undefined {
  const { IMPORT_DIR: directory } = config;
  if (directory === undefined) return undefined;
  const owner = () => access.people.atConsole();
  const imports = createImports({ directory, uploads, jobs, owner, logger });
  return startImportWatch({ directory, imports, isMediaReady: library.watch.isReady, logger });
}

/**
 * Continues interrupted work, applies the settings, and begins to watch the media volume.
 *
 * @returns the limitation of the storage; while there is one, settings and recovery wait for the restart that ends it
 */
async function prepare(parts: Parts): Promise<StorageLimitation | undefined> {
  const { store, work, library, notices } = parts;
  await work.recoverLeases();
  const limitation = parts.database.limitation ?? (await applySettings(parts));
  const isDatabaseNew = Object.keys(await store.counts()).length === 0; // before a call adds a job
  await library.watch.start({
    // Without the recovery no job starts: it waits for the restart.
    recover: (signal) => (limitation ? untilAborted(signal) : work.recoverFiles({ isDatabaseNew }, signal)),
    onReady() {
      work.volumeReady();
      notices.observeNow();
    },
  });
  return limitation;
}

/** The changes that each start makes. */
async function applySettings(parts: Parts): Promise<StorageLimitation | undefined> {
  const { config, access, store, work, activity, version } = parts;
  try {
    await work.deliveries.dispatcher.recover();
    await access.inviteBySettings({ allowedUsers: config.ALLOWED_USERS ?? [], owners: config.OWNERS ?? [] });
    await store.clearPriorities();
    await activity.append({ kind: 'started', facts: { version } });
    return undefined;
  } catch (error) {
    if (isDiskFull(error)) return 'full';
    throw error;
  }
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Error('stopped', { cause: signal.reason });
}

function createApi({ config, logger, version, database, statuses, ...parts }: Parts): App {
  const { library, volume } = parts.library;
  const { MEDIA_DIR: mediaDir, HTTP_PORT: httpPort, HTTPS_PORT: httpsPort } = config;
  return createApp({
    jobs: parts.jobs,
    limits: parts.limits,
    ...{ work: parts.work.service, deliveries: parts.work.deliveries },
    library,
    positions: parts.positions.positions,
    retention: parts.retention,
    following: parts.following,
    station: parts.station,
    feed: parts.events.feed,
    logger,
    access: parts.access,
    shareLifetimeSeconds: config.SHARE_LIFETIME,
    facts: { maxHeight: config.MAX_HEIGHT, hasSponsorBlock: config.SPONSORBLOCK === 'on' },
    upkeep: createUpkeep({ statuses, httpPort, httpsPort }),
    language: config.LANGUAGE,
    version,
    checks: createServiceChecks({ database, mediaDir, volume, storage: parts.storage, workers: parts.work.workers }),
    reports: [createStationCheck(parts.control), createLibraryCheck(library), createQueueCheck(parts.work.pause)],
    notices: () => parts.notices.open(),
    diagnose: createDiagnose({
      ...{ mediaDir, dataDir: config.DATA_DIR, workers: parts.work.workers },
      backupEveryMs: config.BACKUP_DIR === undefined ? undefined : config.BACKUP_EVERY * 1000,
    }),
    metrics: parts.metrics,
    uploads: parts.uploads,
    sources: parts.sources,
    activity: createActivityReads(database),
  });
}

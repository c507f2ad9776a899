import type { Logger } from '@linkcast/kit';
import { createAccessControl, type AccessControl } from './access/access-control.ts';
import { relyingPartyOf } from './access/passkeys/relying-party.ts';
import { acceptedKeys, type YtAppConfig } from './config.ts';
import type { AppDatabase } from './database/app-database.ts';
import { createJobTickets, type JobTickets } from './egress/job-tickets.ts';
import { startEvents, type Events } from './events/events.ts';
import { createJobLimits, type JobLimits } from './jobs/job-limits.ts';
import { createJobService, type JobService } from './jobs/job-service.ts';
import { createJobPublisher } from './jobs/job-publisher.ts';
import { createJobsOfItems } from './jobs/jobs-of-items.ts';
import { createJobStore, type JobStore } from './jobs/job-store.ts';
import { createLibraryParts, type LibraryParts } from './library/library-parts.ts';
import { createNotices, type Notices } from './notices/notices.ts';
import { createPartStatuses, type PartStatuses } from './parts/part-statuses.ts';
import { startPositionParts, type PositionParts } from './positions/position-parts.ts';
import { createStationControl, type StationControl } from './station/station-control.ts';
import { createStationService, type StationService } from './station/station-service.ts';
import { createLeases } from './work/leases.ts';
import { createWork, type WorkParts } from './work/work.ts';

/** The values that all parts need. */
interface Base {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly database: AppDatabase;
}

/** The parts of the API. */
export interface Parts extends Base {
  readonly events: Events;
  readonly library: LibraryParts;
  readonly positions: PositionParts;
  readonly control: StationControl;
  readonly station: StationService;
  readonly statuses: PartStatuses;
  readonly store: JobStore;
  readonly work: WorkParts;
  readonly jobs: JobService;
  readonly limits: JobLimits;
  readonly notices: Notices;
  readonly access: AccessControl;
}

/** Creates the parts, and connects them. */
export async function createParts(base: Base): Promise<Parts> {
  const { config, logger, database } = base;
  const events = startEvents({ database, logger });
  const { log, feed } = events;
  const leases = createLeases();
  const publisher = createJobPublisher({ events, progressOf: (jobId) => leases.progressOf(jobId) });
  const store = createJobStore(database, publisher);
  const library = createLibraryParts({
    ...{ database, mediaDir: config.MEDIA_DIR, events: log, logger },
    listener: createJobsOfItems(database, publisher),
  });
  const { isReady: isMediaReady, isPresent: isMediaPresent } = library.watch;
  const control = createStationControl({ url: config.STATION_URL, key: config.SERVICE_KEY });
  const station = await createStationService({
    ...{ store: library.items, database, control, events: log, logger, isMediaReady },
  });
  const { statuses, tickets } = createOtherParts(config);
  const work = createWork({
    ...{ store, database, publisher, leases, logger, isMediaReady, items: library.items, library: library.library },
    mediaDir: config.MEDIA_DIR,
    mostPerHost: config.HOST_CONCURRENCY,
    limits: { maxHeight: config.MAX_HEIGHT, maxDurationSeconds: config.MAX_DURATION, maxBytes: config.MAX_SIZE },
    proxyUrlFor: (claimId, lifetimeMs) => tickets.issue(claimId, lifetimeMs),
    onAudioReady: (mediaId) => void station.onAudioReady(mediaId),
  });
  const positions = startPositionParts({ database, items: library.items, logger });
  const access = createAccess(base, positions);
  const limits = createJobLimits({ database, people: access.people, defaultLimits: access.defaultLimits });
  const jobs = createJobService({
    ...{ store, database, publisher, feed, limits, isMediaPresent, queue: work.queue, probe: work.probe },
    allowPrivate: config.ALLOW_PRIVATE_SOURCES,
    defaultVisibility: config.VISIBILITY,
    canDownload: () => work.workers.canDownload(),
  });
  const notices = createNotices({
    ...{ ...library, database, logger, statuses, isMediaPresent, isMediaReady, jobs: store, workers: work.workers },
    ...{ httpPort: config.HTTP_PORT, httpsPort: config.HTTPS_PORT },
    ...{ dataDir: config.DATA_DIR, mediaDir: config.MEDIA_DIR, storageLimit: config.STORAGE_LIMIT },
  });
  return {
    ...base,
    events,
    library,
    positions,
    control,
    station,
    statuses,
    store,
    work,
    jobs,
    limits,
    notices,
    access,
  };
}

/** The clients of the other parts, and the tickets for one of them. */
function createOtherParts(config: YtAppConfig): { statuses: PartStatuses; tickets: JobTickets } {
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
  return { statuses, tickets };
}

function createAccess({ config, database, logger }: Base, positions: PositionParts): AccessControl {
  return createAccessControl({
    ...{ database, logger, relyingParty: relyingPartyOf(config) },
    onPersonRemoved: positions.endOf,
    keyDigests: acceptedKeys(config),
    isPublic: config.ACCESS === 'public',
    ownerCode: config.OWNER_CODE,
  });
}

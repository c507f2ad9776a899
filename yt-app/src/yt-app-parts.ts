import type { WorkLimits } from '@linkcast/contracts';
import type { DiskReserve, Logger, Stoppable } from '@linkcast/kit';
import { createAccessControl, type AccessControl } from './access/access-control.ts';
import { relyingPartyOf } from './access/passkeys/relying-party.ts';
import { createActivityLog, type ActivityLog } from './activity/activity-log.ts';
import { acceptedKeys, type YtAppConfig } from './config.ts';
import type { AppDatabase } from './database/app-database.ts';
import type { JobTickets } from './egress/job-tickets.ts';
import { startEvents, type Events } from './events/events.ts';
import { createIntake } from './intake.ts';
import { startFollowing, type Following } from './following/following.ts';
import { createJobLimits, type JobLimits } from './jobs/submission/job-limits.ts';
import type { JobService } from './jobs/job-service.ts';
import { createJobPublisher } from './jobs/job-publisher.ts';
import { createJobsOfItems } from './jobs/jobs-of-items.ts';
import { createJobStore, type JobStore } from './jobs/job-store.ts';
import { createJobTrail } from './jobs/job-trail.ts';
import { createLibraryParts, type LibraryParts } from './library/library-parts.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { Notices } from './notices/notices.ts';
import { createStorageGuard, type StorageGuard } from './pipeline/limits/storage-guard.ts';
import { observe } from './observation.ts';
import { sponsorBlockServer } from './marks-settings.ts';
import { createOtherParts } from './other-parts.ts';
import type { PartStatuses } from './parts/part-statuses.ts';
import { startPositionParts, type PositionParts } from './positions/position-parts.ts';
import { startRetention, type Retention } from './retention/retention.ts';
import { createStationControl, type StationControl } from './station/station-control.ts';
import { createStationService, type StationService } from './station/station-service.ts';
import { openProfileParts, type ProfileParts } from './profiles/profile-parts.ts';
import type { Uploads } from './uploads/uploads.ts';
import { createLeases } from './work/leases/leases.ts';
import { startRepairing } from './work/repair/repairs.ts';
import { createWork, type WorkParts } from './work/work.ts';

/** The values that all parts need. */
interface Base {
  readonly config: YtAppConfig;
  readonly logger: Logger;
  readonly version: string;
  readonly database: AppDatabase;
  /** The space that is kept on the disk of the database; undefined for a server. */
  readonly reserve: DiskReserve | undefined;
}

/** The parts of the API. */
export interface Parts extends Base {
  readonly events: Events;
  readonly library: LibraryParts;
  readonly storage: StorageGuard;
  readonly positions: PositionParts;
  readonly control: StationControl;
  readonly station: StationService;
  readonly statuses: PartStatuses;
  readonly store: JobStore;
  readonly work: WorkParts;
  readonly jobs: JobService;
  readonly limits: JobLimits;
  readonly retention: Retention;
  readonly following: Following;
  readonly repairing: Stoppable;
  readonly notices: Notices;
  readonly metrics: Metrics;
  readonly activity: ActivityLog;
  readonly access: AccessControl;
  readonly uploads: Uploads;
  readonly sources: ProfileParts;
}

/** Creates the parts, and connects them. */
export async function createParts(base: Base): Promise<Parts> {
  const { config, logger, database } = base;
  const events = startEvents({ database, logger });
  const [leases, metrics] = [createLeases(), createMetrics()];
  const publisher = createJobPublisher({ events, progressOf: (jobId) => leases.progressOf(jobId) });
  const trail = createJobTrail(logger);
  const store = createJobStore(database, publisher, (job, event, before) => {
    metrics.jobs.note(job, event);
    trail(job, event, before);
    repairing.note(job);
  });
  const library = createLibraryParts({
    ...{ database, mediaDir: config.MEDIA_DIR, events: events.log, logger },
    listener: createJobsOfItems(database, publisher),
  });
  const { isReady: isMediaReady, isPresent: isMediaPresent } = library.watch;
  const control = createStationControl({ url: config.STATION_URL, key: config.SERVICE_KEY });
  const station = await createStationService({
    ...{ store: library.items, database, control, events: events.log, logger, isMediaReady },
  });
  const { statuses, tickets } = createOtherParts(config);
  const storage = createStorageGuard(config.MEDIA_DIR, config.STORAGE_LIMIT);
  const positions = startPositionParts({ database, items: library.items, logger });
  const sources = await openProfileParts(base);
  const { ways, cookies } = sources;
  const access = createAccess(base, (id) => [positions.endOf(id), following.endOf(id), cookies.removeOf(id)]);
  const hostGapMs = config.HOST_GAP * 1000;
  const work = createWork({
    ...{ store, database, publisher, leases, logger, isMediaReady, items: library.items, library: library.library },
    ...{ storage, mediaDir: config.MEDIA_DIR, mostPerHost: config.HOST_CONCURRENCY, maxPlaylist: config.MAX_PLAYLIST },
    ...{ limits: workLimits(config), sponsorBlock: sponsorBlockServer(config) },
    deliveries: { key: config.COOKIE_KEY, issueFor: (...ticket) => tickets.issueFor(...ticket) },
    ...{ proxyUrlFor: (...claim: Parameters<JobTickets['issue']>) => tickets.issue(...claim), ways },
    isOwner: async (personId) => (await access.people.get(personId))?.role === 'owner',
    ...{ hostGapMs, onAudioReady: (id: string) => void station.onAudioReady(id) },
    ...{ onRoomMissing: (bytes: number) => retention.relieve(bytes), beginRepair: (id: string) => repairing.begin(id) },
  });
  const retention = startRetention({
    ...{ ...library, ...station, database, logger, isMediaReady, people: access.people },
    ...{ mediaDir: config.MEDIA_DIR, storageLimit: config.STORAGE_LIMIT },
    reservedBytes: () => work.reservations.outstandingBytes(),
  });
  const repairing = startRepairing({
    ...{ database, store, logger, isMediaReady, library: library.library, items: library.items },
    ...{ people: access.people, queue: work.queue, allowPrivate: config.ALLOW_PRIVATE_SOURCES },
  });
  const limits = createJobLimits({ database, people: access.people, defaultLimits: access.defaultLimits });
  const { jobs, uploads } = createIntake({
    ...{ ...base, store, publisher, events, limits, work, storage, isMediaPresent, items: library.items },
  });
  const links = { allowPrivate: config.ALLOW_PRIVATE_SOURCES, defaultVisibility: config.VISIBILITY };
  const following = startFollowing({ ...base, ...links, events: events.log, jobs, jobStore: store, hostGapMs });
  const states = { isMediaPresent, isMediaReady };
  const notices = observe(base, { ...library, ...work, ...sources, statuses, store, control, metrics, ...states });
  return {
    ...base,
    ...{ events, library, storage, positions, control, station, statuses, activity: createActivityLog(database) },
    ...{ store, work, jobs, limits, retention, following, repairing, notices, metrics, access, uploads, sources },
  };
}

/** The limits of the work of a job. */
function workLimits({ MAX_HEIGHT, MAX_DURATION, MAX_LIVE_DURATION, MAX_SIZE }: YtAppConfig): WorkLimits {
  const seconds = { maxDurationSeconds: MAX_DURATION, maxLiveSeconds: MAX_LIVE_DURATION };
  return { maxHeight: MAX_HEIGHT, maxBytes: MAX_SIZE, ...seconds };
}

function createAccess(
  { config, database, logger }: Base,
  endsOf: (personId: string) => readonly Promise<void>[],
): AccessControl {
  return createAccessControl({
    ...{ database, logger, relyingParty: relyingPartyOf(config) },
    onPersonRemoved: async (id) => {
      await Promise.all(endsOf(id));
    },
    keyDigests: acceptedKeys(config),
    isPublic: config.ACCESS === 'public',
    ownerCode: config.OWNER_CODE,
  });
}

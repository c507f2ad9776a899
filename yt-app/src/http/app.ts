import { accessCheck, type Notice } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Language } from '@linkcast/texts';
import express, { type Express } from 'express';
import type { AccessControl } from '../access/access-control.ts';
import type { ActivityReads } from '../activity/activity-reads.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { bindAccessCheckRoute } from './routes/access-check-route.ts';
import { bindActivityRoutes } from './routes/activity-routes.ts';
import { bindDownloadRoute } from './routes/download-route.ts';
import { createLanguageNegotiation } from './endpoints/answer-language.ts';
import { createEndpointBinder } from './endpoints/endpoint-binder.ts';
import { bindEventRoutes } from './routes/event-routes.ts';
import type { SseStreamOptions } from './streams/sse-stream.ts';
import type { StreamLimitsOptions } from './streams/stream-limits.ts';
import { createGuard } from './endpoints/guard.ts';
import type { Diagnose } from '../health/diagnosis/diagnosis.ts';
import type { HealthCheck } from '../health/health-check.ts';
import { bindHealthRoutes } from './routes/health-routes.ts';
import { bindJobRoutes } from './routes/job-routes.ts';
import { bindLimitRoutes } from './routes/limit-routes.ts';
import { bindCollectionRoutes } from './routes/library/collection-routes.ts';
import { bindFollowingRoutes } from './routes/library/following-routes.ts';
import { bindItemJobRoutes } from './routes/library/item-job-routes.ts';
import { bindMediaRoutes } from './routes/library/media-routes.ts';
import { bindInvitationRoutes } from './routes/invitation-routes.ts';
import { bindKeyRoutes } from './routes/key-routes.ts';
import { bindPasskeyRoutes } from './routes/passkey-routes.ts';
import { bindPeopleRoutes } from './routes/people-routes.ts';
import { bindDeliveryRoutes, type RoutedDeliveries } from './routes/deliveries/delivery-routes.ts';
import { bindSourceRoutes, type RoutedSources } from './routes/sources/source-routes.ts';
import { bindPositionRoutes } from './routes/library/position-routes.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { describeApi } from './openapi/api-description.ts';
import { createErrorHandler } from './endpoints/error-handler.ts';
import { createRequestLog } from './endpoints/request-log.ts';
import { createRequestTurns } from './endpoints/request-turns.ts';
import { bindSessionRoutes, type InstallationFacts } from './routes/session-routes.ts';
import { bindShareRoutes } from './routes/share-routes.ts';
import { bindStationRoutes } from './routes/station-routes.ts';
import { bindStorageRoutes } from './routes/storage/storage-routes.ts';
import { bindWorkRoutes } from './routes/work-routes.ts';
import { bindTelegramRoutes } from './routes/telegram-routes.ts';
import { bindTrashRoutes } from './routes/storage/trash-routes.ts';
import { bindUploadRoutes } from './routes/upload-routes.ts';
import { refuseUnmatchedRequests } from './routes/unmatched-requests.ts';
import type { JobLimits } from '../jobs/submission/job-limits.ts';
import type { Following } from '../following/following.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { Library } from '../library/library.ts';
import type { Positions } from '../positions/positions.ts';
import type { Retention } from '../retention/retention.ts';
import type { StationService } from '../station/station-service.ts';
import type { Uploads } from '../uploads/uploads.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import type { WorkService } from '../work/work-service.ts';

export interface AppOptions {
  readonly jobs: JobService;
  readonly limits: Pick<JobLimits, 'usesOf'>;
  readonly work: WorkService;
  readonly library: Library;
  readonly positions: Positions;
  readonly retention: Retention;
  readonly following: Following;
  readonly station: StationService;
  readonly feed: EventFeed;
  readonly logger: Logger;
  readonly access: AccessControl;
  /** Lifetime of a share whose maker sets none. */
  readonly shareLifetimeSeconds: number;
  readonly facts: InstallationFacts;
  readonly upkeep: Upkeep;
  /** The language of the installation. */
  readonly language: Language;
  readonly version: string;
  /** The checks that decide about `/readyz`. */
  readonly checks: readonly HealthCheck[];
  /** Further checks, for `/api/health` only. */
  readonly reports?: readonly HealthCheck[];
  /** The notices about this service. Default: none. */
  readonly notices?: () => readonly Notice[];
  readonly diagnose: Diagnose;
  readonly metrics: Metrics;
  readonly activity: ActivityReads;
  readonly uploads: Uploads;
  readonly sources: RoutedSources;
  readonly deliveries: RoutedDeliveries;
  readonly streams?: Partial<SseStreamOptions> & StreamLimitsOptions;
}

export interface App {
  readonly app: Express;
  /** Ends event streams and waiting calls, so that the server can close. */
  readonly stop: () => void;
}

/** Checks of the process, and those of nginx before each segment. */
const URGENT_PATHS = ['/healthz', '/readyz', accessCheck.path];

/** Creates the HTTP API of yt-app; `server.ts` listens. */
export function createApp(options: AppOptions): App {
  const { jobs, library, positions, retention, station, feed, access, logger, version, metrics } = options;
  const stopping = new AbortController();
  const guard = createGuard(access.identify);
  const negotiateLanguage = createLanguageNegotiation(options.language);

  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing');
  app.use(createRequestLog(logger));
  app.use(createRequestTurns(URGENT_PATHS));
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });

  bindAccessCheckRoute(app, guard, { access, library });
  const bind = createEndpointBinder({ app, guard, metrics, negotiateLanguage, stopping: stopping.signal });
  bindJobRoutes(bind, jobs);
  bindWorkRoutes(bind, options.work);
  bindEventRoutes(bind, { feed, jobs, station, library, ...options.streams });
  bindMediaRoutes(bind, { library, positions, uses: retention.uses });
  bindItemJobRoutes(bind, { jobs, library });
  bindCollectionRoutes(bind, library.collections, positions);
  bindPositionRoutes(bind, positions, retention.uses);
  bindTrashRoutes(bind, library.trash);
  bindStorageRoutes(bind, retention);
  bindFollowingRoutes(bind, options.following);
  bindSourceRoutes(bind, options.sources);
  bindDeliveryRoutes(bind, options.deliveries);
  bindStationRoutes(bind, station);
  bindDownloadRoute(bind, jobs);
  bindSessionRoutes(bind, access, options.facts);
  bindShareRoutes(bind, { access, library, lifetimeSeconds: options.shareLifetimeSeconds });
  bindPeopleRoutes(bind, access, options.limits);
  bindLimitRoutes(bind, access.defaultLimits);
  bindKeyRoutes(bind, access);
  bindPasskeyRoutes(bind, access, options.facts);
  bindInvitationRoutes(bind, access, options.facts);
  bindTelegramRoutes(bind, access);
  bindActivityRoutes(bind, options.activity);
  bindUploadRoutes(bind, app, options.uploads);
  bindHealthRoutes(bind, {
    app,
    guard,
    checks: options.checks,
    reports: options.reports ?? [],
    notices: options.notices ?? (() => []),
    upkeep: options.upkeep,
    ...{ version, metrics, diagnose: options.diagnose },
  });
  const description = describeApi(version);
  app.get('/api/openapi.json', guard.demand({ right: 'watch' }), (_request, response) => {
    response.json(description);
  });
  refuseUnmatchedRequests(app);
  app.use(createErrorHandler(negotiateLanguage));

  return { app, stop: () => stopping.abort(new Error('the service stops')) };
}

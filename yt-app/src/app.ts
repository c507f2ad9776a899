import type { JobState, Notice } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import express, { type Express } from 'express';
import type { Access } from './access/access.ts';
import type { EventBus } from './events/event-bus.ts';
import { bindAccessCheck } from './http/access-check.ts';
import { bindDownloadRoute } from './http/download-route.ts';
import { createEndpointBinder } from './http/endpoint-binder.ts';
import { bindEventRoutes } from './http/event-routes.ts';
import type { EventStreamOptions } from './http/event-stream.ts';
import type { StreamLimitsOptions } from './http/stream-limits.ts';
import { createGuard } from './http/guard.ts';
import type { HealthCheck } from './http/health-check.ts';
import { bindHealthRoutes } from './http/health-routes.ts';
import { bindJobRoutes } from './http/job-routes.ts';
import { bindMediaRoutes } from './http/media-routes.ts';
import { bindMembershipRoutes } from './http/membership-routes.ts';
import { createMetrics } from './http/metrics.ts';
import { describeApi } from './http/openapi.ts';
import { createErrorHandler } from './http/problem-answer.ts';
import { createRequestLog } from './http/request-log.ts';
import { bindSessionRoutes } from './http/session-routes.ts';
import { bindShareRoutes } from './http/share-routes.ts';
import { bindStationRoutes } from './http/station-routes.ts';
import { bindWorkRoutes } from './http/work-routes.ts';
import { refuseUnmatchedRequests } from './http/unmatched-requests.ts';
import type { JobService } from './jobs/job-service.ts';
import type { Library } from './library/library.ts';
import type { Station } from './station/station.ts';
import type { Upkeep } from './upkeep/upkeep.ts';
import type { WorkService } from './work/work-service.ts';

export interface AppOptions {
  readonly jobs: JobService;
  readonly work: WorkService;
  readonly library: Library;
  readonly station: Station;
  readonly events: EventBus;
  readonly logger: Logger;
  readonly access: Access;
  /** Of a share whose maker says nothing. */
  readonly shareLifetimeSeconds: number;
  /** Taller pictures are not downloaded. */
  readonly maxHeight: number;
  readonly upkeep: Upkeep;
  readonly version: string;
  /** What must be well for `/readyz` to say so. */
  readonly checks: readonly HealthCheck[];
  /** What `/api/health` tells besides. */
  readonly reports?: readonly HealthCheck[];
  /** What the owner is to be told of this service itself; nothing unless given. */
  readonly notices?: () => readonly Notice[];
  /** For the metrics: how many jobs are in each state. */
  readonly countJobs: () => Partial<Record<JobState, number>>;
  readonly streams?: Partial<EventStreamOptions> & StreamLimitsOptions;
}

export interface App {
  readonly app: Express;
  /** Ends event streams and waiting calls, so that the server can close. */
  readonly stop: () => void;
}

/** The HTTP API of yt-app; it listens to nothing by itself. */
export function createApp(options: AppOptions): App {
  const { jobs, library, station, events, access, logger, version } = options;
  const stopping = new AbortController();
  const metrics = createMetrics(options.countJobs);
  const guard = createGuard(access.identify);

  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing');
  app.use(createRequestLog(logger));
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });

  bindAccessCheck(app, guard, access);
  const bind = createEndpointBinder({ app, guard, metrics, stopping: stopping.signal });
  bindJobRoutes(bind, jobs);
  bindWorkRoutes(bind, options.work);
  bindEventRoutes(bind, { bus: events, jobs, ...options.streams });
  bindMediaRoutes(bind, library);
  bindStationRoutes(bind, station);
  bindDownloadRoute(bind, jobs);
  bindSessionRoutes(bind, access, options.maxHeight);
  bindShareRoutes(bind, { shares: access.shares, library, lifetimeSeconds: options.shareLifetimeSeconds });
  bindMembershipRoutes(bind, access, logger);
  bindHealthRoutes(bind, {
    app,
    guard,
    checks: options.checks,
    reports: options.reports ?? [],
    notices: options.notices ?? (() => []),
    upkeep: options.upkeep,
    version,
    metrics,
  });
  const description = describeApi(version);
  app.get('/api/openapi.json', guard.demand({ right: 'watch' }), (_request, response) => {
    response.json(description);
  });
  refuseUnmatchedRequests(app);
  app.use(createErrorHandler());

  return { app, stop: () => stopping.abort(new Error('the service stops')) };
}

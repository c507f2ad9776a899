import { endpoints } from '@linkcast/contracts';
import type { Express, RequestHandler } from 'express';
import type { EndpointBinder } from './endpoint-binder.ts';
import { runHealthChecks, type HealthCheck } from './health-check.ts';
import type { Metrics } from './metrics.ts';

export interface HealthRoutesOptions {
  readonly app: Express;
  readonly authenticate: RequestHandler;
  /** What must be well for this service to work. */
  readonly checks: readonly HealthCheck[];
  /** What is told to people besides, but does not keep this service from working. */
  readonly reports: readonly HealthCheck[];
  readonly version: string;
  readonly metrics: Metrics;
}

/** `/healthz` (the process lives) and `/readyz` (it can work) are open and say no more than that. */
export function bindHealthRoutes(
  bind: EndpointBinder,
  { app, authenticate, checks, reports, version, metrics }: HealthRoutesOptions,
): void {
  bind.answer(endpoints.health, () => runHealthChecks([...checks, ...reports], version));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const { status } = await runHealthChecks(checks, version);
    response.status(status === 'ok' ? 200 : 503).json({ status });
  });
  app.get('/metrics', authenticate, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
}

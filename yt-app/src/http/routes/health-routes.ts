import { endpoints, type Notice } from '@linkcast/contracts';
import type { Express } from 'express';
import type { Upkeep } from '../../upkeep/upkeep.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import type { Guard } from '../endpoints/guard.ts';
import { runHealthChecks, type HealthCheck } from '../../health/health-check.ts';
import type { Metrics } from '../endpoints/metrics.ts';

export interface HealthRoutesOptions {
  readonly app: Express;
  readonly guard: Guard;
  /** What must be well for this service to work. */
  readonly checks: readonly HealthCheck[];
  /** What is told to people besides, but does not keep this service from working. */
  readonly reports: readonly HealthCheck[];
  /** Name, certificate and reachability: told too, and no reason to take no jobs. */
  readonly upkeep: Upkeep;
  /** What the owner is to be told of this service itself. */
  readonly notices: () => readonly Notice[];
  readonly version: string;
  readonly metrics: Metrics;
}

/** `/healthz` (the process lives) and `/readyz` (it can work) are open; the edge does not lead there. */
export function bindHealthRoutes(
  bind: EndpointBinder,
  { app, guard, checks, reports, upkeep, notices, version, metrics }: HealthRoutesOptions,
): void {
  bind.answer(endpoints.health, async () => {
    const [own, others] = await Promise.all([runHealthChecks([...checks, ...reports]), upkeep.report()]);
    return {
      ...others,
      status: own.status,
      version,
      checks: [...own.checks, ...others.checks],
      notices: [...notices(), ...others.notices],
    };
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const [own, others] = await Promise.all([runHealthChecks(checks), upkeep.report()]);
    response.status(own.status === 'ok' ? 200 : 503);
    response.json({ status: own.status, checks: [...own.checks, ...others.checks] });
  });
  app.get('/metrics', guard.demand({ right: 'key' }), async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
}

import { endpoints, type Health, type Notice } from '@linkcast/contracts';
import type { Express } from 'express';
import type { Upkeep } from '../../upkeep/upkeep.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import type { Guard } from '../endpoints/guard.ts';
import { runHealthChecks, type HealthCheck } from '../../health/health-check.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { translateDiagnosis, type Diagnose } from '../../health/diagnosis/diagnosis.ts';
import { translateHealth } from '../../health/health-translation.ts';

export interface HealthRoutesOptions {
  readonly app: Express;
  readonly guard: Guard;
  /** The checks that decide about `/readyz`. */
  readonly checks: readonly HealthCheck[];
  /** Further checks, for `/api/health` only. */
  readonly reports: readonly HealthCheck[];
  /** Name, certificate and reachability: reported, without an effect on readiness. */
  readonly upkeep: Upkeep;
  /** The open notices. */
  readonly notices: () => readonly Notice[];
  readonly version: string;
  readonly diagnose: Diagnose;
  readonly metrics: Metrics;
}

/** Binds the health endpoints. `/healthz` (the process lives) and `/readyz` (it can work) need no key; the edge does not expose them. */
export function bindHealthRoutes(
  bind: EndpointBinder,
  { app, guard, checks, reports, upkeep, notices, version, diagnose, metrics }: HealthRoutesOptions,
): void {
  const readHealth = async (): Promise<Health> => {
    const [own, others] = await Promise.all([runHealthChecks([...checks, ...reports]), upkeep.report()]);
    return {
      ...others,
      status: own.status,
      version,
      checks: [...own.checks, ...others.checks],
      notices: [...notices()],
    };
  };
  bind.answer(endpoints.health, async ({ negotiateLanguage }) =>
    translateHealth(await readHealth(), negotiateLanguage()),
  );
  bind.answer(endpoints.diagnose, async ({ negotiateLanguage }) =>
    translateDiagnosis(await diagnose(await readHealth()), negotiateLanguage()),
  );
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const [own, others] = await Promise.all([runHealthChecks(checks), upkeep.report()]);
    response.status(own.status === 'ok' ? 200 : 503);
    response.json({ status: own.status, checks: [...own.checks, ...others.checks] });
  });
  app.get('/metrics', guard.demand({ right: 'manage' }), async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
}

import type { Health } from '@linkcast/contracts';
import { setTimeout as delay } from 'node:timers/promises';

/** A check of something that the service needs. */
export interface HealthCheck {
  readonly name: string;
  /** `detail` is shown to the owner: no secret. A rejection counts as not ok. */
  readonly run: () => Promise<CheckResult>;
}

export interface CheckResult {
  readonly ok: boolean;
  readonly detail: string;
}

const LIMIT_MS = 2000;

/** The results of all checks. */
export type CheckReport = Pick<Health, 'status' | 'checks'>;

/** Runs all checks at once; one that takes over two seconds has failed. */
export async function runHealthChecks(checks: readonly HealthCheck[]): Promise<CheckReport> {
  const results = await Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await resultOf(run)) })));
  return { status: results.every(({ ok }) => ok) ? 'ok' : 'degraded', checks: results };
}

async function resultOf(run: HealthCheck['run']): Promise<CheckResult> {
  const limit = new AbortController();
  const tooSlow = delay(LIMIT_MS, { ok: false, detail: 'no answer in time' }, { signal: limit.signal });
  try {
    return await Promise.race([run(), tooSlow]);
  } catch {
    return { ok: false, detail: 'failed' }; // the check itself failed
  } finally {
    tooSlow.catch(() => undefined); // it is aborted below
    limit.abort();
  }
}

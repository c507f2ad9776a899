import type { Health } from '@linkcast/contracts';
import { setTimeout as delay } from 'node:timers/promises';

/** One thing that must be well for the service to do its work. */
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

/** How everything that was checked is. */
export type CheckReport = Pick<Health, 'status' | 'checks'>;

/** Runs all checks at once; one that takes over two seconds has failed. */
export async function runHealthChecks(checks: readonly HealthCheck[]): Promise<CheckReport> {
  const results = await Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await settle(run)) })));
  return { status: results.every(({ ok }) => ok) ? 'ok' : 'degraded', checks: results };
}

async function settle(run: HealthCheck['run']): Promise<CheckResult> {
  const limit = new AbortController();
  const tooSlow = delay(LIMIT_MS, { ok: false, detail: 'no answer in time' }, { signal: limit.signal });
  try {
    return await Promise.race([run(), tooSlow]);
  } catch {
    return { ok: false, detail: 'failed' }; // the check itself broke: as bad as its subject
  } finally {
    tooSlow.catch(() => undefined); // ended below, as nobody waits for it
    limit.abort();
  }
}

import type { Health, Message } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import { setTimeout as delay } from 'node:timers/promises';

/** A check of something that the service needs. */
export interface HealthCheck {
  readonly name: string;
  /** `detail` is shown to the owner: no secret. A rejection counts as not ok. */
  readonly run: () => Promise<CheckResult>;
}

export type CheckResult = Omit<Health['checks'][number], 'name'>;

/** The result of a check, with a message as its detail. */
export function checkResult(ok: boolean, reported: Message): CheckResult {
  return { ok, detail: worded(reported).sentence, message: reported };
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
  const tooSlow = delay(LIMIT_MS, checkResult(false, message('silent')), { signal: limit.signal });
  try {
    return await Promise.race([run(), tooSlow]);
  } catch {
    return checkResult(false, message('check-failed'));
  } finally {
    tooSlow.catch(() => undefined); // it is aborted below
    limit.abort();
  }
}

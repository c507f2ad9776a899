import type { CookieJar } from '@linkcast/contracts';
import type { CookieRecord } from './cookie-store.ts';

/** Cookies of which the last one expires so soon are worth a notice. */
const EXPIRING_MS = 7 * 86_400_000;

/** Cookies as the API shows them. @param nowMs milliseconds since 1970. */
export function jarView({ id, site, personId, count, expiresAt, changedAt }: CookieRecord, nowMs: number): CookieJar {
  return {
    ...{ id, site, use: personId === '' ? 'everyone' : 'mine', count, state: stateOf(expiresAt, nowMs) },
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    changedAt: new Date(changedAt).toISOString(),
  };
}

function stateOf(expiresAt: number | null, nowMs: number): CookieJar['state'] {
  if (expiresAt === null || expiresAt - nowMs > EXPIRING_MS) return 'valid';
  return expiresAt > nowMs ? 'expiring' : 'expired';
}

/** The cookies for a job: of its person before those of the installation, of the longest name of the host, and none that have expired. */
export function jarOf(
  records: readonly CookieRecord[],
  { host, personId }: { readonly host: string; readonly personId: string | null },
  nowMs: number,
): CookieRecord | undefined {
  const [best] = records
    .filter((record) => record.personId === '' || record.personId === personId)
    .filter(({ site }) => host === site || host.endsWith(`.${site}`))
    .filter(({ expiresAt }) => stateOf(expiresAt, nowMs) !== 'expired')
    .toSorted((one, other) => rank(other) - rank(one));
  return best;
}

function rank({ site, personId }: CookieRecord): number {
  return site.length + (personId === '' ? 0 : 1000);
}

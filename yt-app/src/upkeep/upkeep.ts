import type { CertificateStatus, Health, NameStatus } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import type { PartStatuses } from '../parts/part-statuses.ts';
import { createConditionLog } from './condition-log.ts';
import { noticesOf } from './notices.ts';
import { judgeReachability } from './reachability.ts';
import { upkeepChecks } from './upkeep-checks.ts';

/** The state of name, certificate and reachability. */
export type UpkeepReport = Pick<Health, 'checks' | 'name' | 'certificate' | 'reachability' | 'notices'>;

export interface Upkeep {
  /** A part that does not answer is in the report; the call does not reject for it. */
  report(): Promise<UpkeepReport>;
}

export interface UpkeepOptions {
  readonly statuses: PartStatuses;
  readonly database: AppDatabase;
  /** The port to which the router forwards port 80. */
  readonly httpPort: number;
  /** The port to which the router forwards port 443. */
  readonly httpsPort: number;
  readonly clock?: () => number;
}

/** Creates the report from the statuses of the DDNS updater and of certbot. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { statuses, httpPort, httpsPort, clock = Date.now } = options;
  const conditions = createConditionLog(options.database, clock);

  return {
    async report() {
      const [name, certificate] = await Promise.all([statuses.readName(), statuses.readCertificate()]);
      const nowMs = clock();
      const reachability = judgeReachability(name, certificate, { httpPort, httpsPort, nowMs });
      const domain = name?.name ?? certificate?.name ?? null;
      const knownReachability = reachability.state === 'unknown' ? undefined : reachability.state;
      const nameCondition = await conditions.observe('name', nameState(name));
      const certificateCondition = await conditions.observe('certificate', certificateState(certificate));
      const reachabilityCondition = await conditions.observe('reachability', knownReachability);
      const notices = noticesOf({
        domain,
        name,
        certificate,
        reachability,
        nameCondition,
        certificateCondition,
        reachabilityCondition,
        nowMs,
      });
      return {
        checks: upkeepChecks(domain, { name, certificate, reachability }),
        name,
        certificate,
        reachability,
        notices,
      };
    },
  };
}

function nameState(name: NameStatus | null): string | undefined {
  if (name === null) return 'silent';
  if (name.state === 'unknown') return undefined;
  return name.state === 'wrong' || name.state === 'failing' ? 'bad' : 'good';
}

function certificateState(certificate: CertificateStatus | null): string {
  if (certificate === null) return 'silent';
  return certificate.state === 'missing' ? 'missing' : 'good';
}

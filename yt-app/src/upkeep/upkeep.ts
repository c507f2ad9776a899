import type { CertificateStatus, Health, NameStatus } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import type { PartStatuses } from '../parts/part-statuses.ts';
import { createConditionLog } from './condition-log.ts';
import { noticesOf } from './notices.ts';
import { judgeReachability } from './reachability.ts';
import { upkeepChecks } from './upkeep-checks.ts';

/** How name, certificate and reachability are. */
export type UpkeepReport = Pick<Health, 'checks' | 'name' | 'certificate' | 'reachability' | 'notices'>;

export interface Upkeep {
  /** Never rejects for a part that is away. */
  report(): Promise<UpkeepReport>;
}

export interface UpkeepOptions {
  readonly statuses: PartStatuses;
  readonly database: Database;
  /** Where the router is to lead its port 80. */
  readonly httpPort: number;
  /** Where the router is to lead its port 443. */
  readonly httpsPort: number;
  readonly clock?: () => number;
}

/** Puts together what the parts that look after name and certificate say. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { statuses, httpPort, httpsPort, clock = Date.now } = options;
  const conditions = createConditionLog(options.database, clock);

  return {
    async report() {
      const [name, certificate] = await Promise.all([statuses.readName(), statuses.readCertificate()]);
      const nowMs = clock();
      const reachability = judgeReachability(name, certificate, { httpPort, httpsPort, nowMs });
      const domain = name?.name ?? certificate?.name ?? null;
      const notices = noticesOf({
        domain,
        name,
        certificate,
        reachability,
        nameCondition: conditions.observe('name', nameState(name)),
        certificateCondition: conditions.observe('certificate', certificateState(certificate)),
        reachabilityCondition: conditions.observe(
          'reachability',
          reachability.state === 'unknown' ? undefined : reachability.state,
        ),
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

import type { CertificateStatus, Health, NameStatus } from '@linkcast/contracts';
import type { ConditionLog } from './condition-log.ts';
import { noticesOf } from './notices.ts';
import { judgeReachability } from './reachability.ts';
import type { StatusClient } from '../parts/status-client.ts';
import { upkeepChecks } from './upkeep-checks.ts';

/** How name, certificate and reachability are. */
export type UpkeepReport = Pick<Health, 'checks' | 'name' | 'certificate' | 'reachability' | 'notices'>;

export interface Upkeep {
  /** Never rejects for a part that is away. */
  report(): Promise<UpkeepReport>;
}

export interface UpkeepOptions {
  readonly askName: StatusClient<NameStatus>;
  readonly askCertificate: StatusClient<CertificateStatus>;
  readonly conditions: ConditionLog;
  /** Where the router is to lead its port 80. */
  readonly httpPort: number;
  /** Where the router is to lead its port 443. */
  readonly httpsPort: number;
  readonly clock?: () => number;
}

/** Puts together what the parts that look after name and certificate say. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { askName, askCertificate, conditions, httpPort, httpsPort, clock = Date.now } = options;

  return {
    async report() {
      const [name, certificate] = await Promise.all([askName(), askCertificate()]);
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

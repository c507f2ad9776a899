import type { Health } from '@linkcast/contracts';
import type { PartStatuses } from '../parts/part-statuses.ts';
import { judgeReachability } from './reachability.ts';
import { upkeepChecks } from './upkeep-checks.ts';

/** The state of name, certificate and reachability. */
export type UpkeepReport = Pick<Health, 'checks' | 'name' | 'certificate' | 'reachability'>;

export interface Upkeep {
  /** A part that does not answer is in the report; the call does not reject for it. */
  report(): Promise<UpkeepReport>;
}

export interface UpkeepOptions {
  readonly statuses: PartStatuses;
  /** The port to which the router forwards port 80. */
  readonly httpPort: number;
  /** The port to which the router forwards port 443. */
  readonly httpsPort: number;
  readonly clock?: () => number;
}

/** Creates the report from the statuses of the DDNS updater and of certbot. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { statuses, httpPort, httpsPort, clock = Date.now } = options;

  return {
    async report() {
      const [name, certificate] = await Promise.all([statuses.readName(), statuses.readCertificate()]);
      const nowMs = clock();
      const reachability = judgeReachability(name, certificate, { httpPort, httpsPort, nowMs });
      const domain = name?.name ?? certificate?.name ?? null;
      return {
        checks: upkeepChecks(domain, { name, certificate, reachability }),
        name,
        certificate,
        reachability,
      };
    },
  };
}

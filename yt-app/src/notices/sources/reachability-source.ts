import { message } from '@linkcast/texts';
import type { PartStatuses } from '../../parts/part-statuses.ts';
import { judgeReachability } from '../../upkeep/reachability.ts';
import type { NoticeSource } from '../notice-source.ts';

export interface ReachabilitySourceOptions {
  readonly statuses: PartStatuses;
  /** The ports to which the router forwards 80 and 443. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly clock?: () => number;
}

/** A router that restarts is not reported. */
const LASTS_MS = 600_000;

/** Observes ports that are closed for ten minutes, and a connection that shares its address. */
export function createReachabilitySource(options: ReachabilitySourceOptions): NoticeSource {
  const { statuses, httpPort, httpsPort, clock = Date.now } = options;
  return {
    name: 'reachable',
    async observe() {
      const [name, certificate] = await Promise.all([statuses.readName(), statuses.readCertificate()]);
      const judged = judgeReachability(name, certificate, { httpPort, httpsPort, nowMs: clock() });
      const { state } = judged;
      // The name's source reports a wrong address; meanwhile nothing is known about the ports.
      if (state === 'unknown' || state === 'wrong-address') return undefined;
      if (state === 'reachable' || state === 'local') return [];
      return [
        {
          code: `reachability-${state}`,
          severity: 'warning',
          message: judged.message ?? message('reported-error', { sentence: judged.sentence }),
          action: null, // the message says what to do at the router
          opensAfterMs: LASTS_MS,
        },
      ];
    },
  };
}

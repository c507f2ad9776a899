import { Problem, type FeederStatus } from '@linkcast/contracts';
import type { ServiceRoutes } from '@linkcast/kit';

export interface ControlRoutesOptions {
  /** Ends the track that is on air; false when nothing is being sent. */
  readonly skip: () => boolean;
  readonly status: () => Promise<FeederStatus>;
}

/** The control endpoint of the station, for yt-app. */
export function createControlRoutes({ skip, status }: ControlRoutesOptions): ServiceRoutes {
  return {
    'POST /skip': {
      services: ['yt-app'],
      answer: () => {
        if (!skip()) throw new Problem('station-unavailable');
        return { status: 202, body: { skipped: true } };
      },
    },
    'GET /status': { services: ['yt-app'], answer: async () => ({ status: 200, body: await status() }) },
  };
}

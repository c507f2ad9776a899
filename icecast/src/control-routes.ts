import { Problem, type FeederStatus } from '@linkcast/contracts';
import type { ServiceRoutes } from '@linkcast/kit';

export interface ControlRoutesOptions {
  /** Ends the current track; false when no track is being sent. */
  readonly skip: () => boolean;
  readonly status: () => Promise<FeederStatus>;
}

/** The routes of the control endpoint, for yt-app. */
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

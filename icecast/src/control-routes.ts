import { Problem, type FeederStatus } from '@linkcast/contracts';
import type { DoorRoutes } from '@linkcast/kit';

export interface ControlRoutesOptions {
  /** Ends the track that is on air; false when nothing is being sent. */
  readonly skip: () => boolean;
  readonly status: () => Promise<FeederStatus>;
}

/** What yt-app may ask of the station. */
export function createControlRoutes({ skip, status }: ControlRoutesOptions): DoorRoutes {
  return {
    'POST /skip': () => {
      if (!skip()) throw new Problem('station-unavailable');
      return { status: 202, body: { skipped: true } };
    },
    'GET /status': async () => ({ status: 200, body: await status() }),
  };
}

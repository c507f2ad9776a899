import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { Uploads } from './uploads.ts';

export interface UploadUpkeepOptions {
  readonly uploads: Pick<Uploads, 'tidy'>;
  /** Reports whether the media volume is present and recovered. */
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'error'>;
}

const EVERY_MS = 60_000;

/** Makes missing jobs of whole files, and removes what nobody needs, each minute. */
export function startUploadUpkeep({ uploads, isMediaReady, logger }: UploadUpkeepOptions): Stoppable {
  return startPeriodicLoop({
    ...{ name: 'upload-upkeep', logger, everyMs: EVERY_MS, firstAfterMs: EVERY_MS },
    async run() {
      if (isMediaReady()) await uploads.tidy();
      return undefined;
    },
  });
}

import type { NextTrack, Station as StationView } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import { createCachedStatus } from './cached-status.ts';
import { createSchedule } from './schedule.ts';
import { createRequestQueue } from './request-queue.ts';
import type { StationControl } from './station-control.ts';
import { stationView } from './station-view.ts';

const SILENCE: NextTrack = { mediaId: null, path: null };

/** The radio, for the API and for the feeder. */
export interface StationService {
  /** Puts the next track on air. The feeder calls it at the end of each track. Without audio: silence. */
  next(): Promise<NextTrack>;
  /** Rejects with a problem: `not-found`; `conflict` for what cannot air; `too-many-requests` when 50 are queued. */
  request(mediaId: string): Promise<StationView>;
  /** @throws {Problem} `station-unavailable`. */
  skip(): Promise<StationView>;
  view(): Promise<StationView>;
  /** Reports whether an item is on air, or somebody has asked for it. */
  isOnAir(mediaId: string): Promise<boolean>;
  /** Announces a new track of the library: it airs next, or at once when there is silence. Never rejects. */
  onAudioReady(mediaId: string): Promise<void>;
}

export interface StationServiceOptions {
  readonly store: ItemStore;
  readonly database: AppDatabase;
  readonly control: StationControl;
  readonly events: Pick<EventLog, 'append'>;
  readonly logger: Logger;
  /** Reports whether the media volume is present and recovered. Before, there is silence, and nothing counts as aired. Default: true. */
  readonly isMediaReady?: () => boolean;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

export async function createStationService(options: StationServiceOptions): Promise<StationService> {
  const { store, database, control, logger, isMediaReady = () => true, clock = Date.now } = options;
  const requests = createRequestQueue(database);
  const schedule = await createSchedule({ ...options, requests, clock });
  const status = createCachedStatus(control, clock);

  const view = async (): Promise<StationView> => stationView({ store, schedule }, await status());
  const endSilence = async (): Promise<void> => {
    if (schedule.now()) return;
    await control.skip().catch((error: unknown) => logger.warn({ err: error }, 'station unavailable'));
  };

  return {
    view,
    isOnAir: async (mediaId) => schedule.now()?.mediaId === mediaId || (await requests.ids()).includes(mediaId),
    async next() {
      if (!isMediaReady()) return SILENCE;
      const wasSilent = schedule.now() === undefined;
      const record = await schedule.advance();
      if (!record && wasSilent) return SILENCE; // polled every few seconds: not logged
      logger.info({ mediaId: record?.id ?? null }, 'next on air');
      return record ? { mediaId: record.id, path: `${record.id}/audio.mp3` } : SILENCE;
    },
    async request(mediaId) {
      await schedule.request(mediaId);
      await endSilence();
      return view();
    },
    async skip() {
      await control.skip();
      return view();
    },
    async onAudioReady(mediaId) {
      logger.info({ mediaId }, 'new track on the station');
      await endSilence();
    },
  };
}

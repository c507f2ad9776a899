import {
  paths,
  STATION_BUFFER_SECONDS,
  type FeederStatus,
  type NextTrack,
  type Station as StationView,
  type StationTrack,
} from '@linkcast/contracts';
import type { Database, Logger } from '@linkcast/kit';
import type { EventBus } from '../events/event-bus.ts';
import type { ItemRecord } from '../library/items/item-table.ts';
import { itemView } from '../library/items/item-view.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import { createCachedStatus } from './cached-status.ts';
import { createSchedule, type Airing } from './schedule.ts';
import { createRequestQueue } from './request-queue.ts';
import type { StationControl } from './station-control.ts';

const UPCOMING_SHOWN = 10;
const SILENCE: NextTrack = { mediaId: null, path: null };

/** The radio, for the API and for the feeder. */
export interface StationService {
  /** Puts the next track on air. The feeder calls it at the end of each track. Without audio: silence. */
  next(): NextTrack;
  /** @throws {Problem} `not-found`; `conflict` for what cannot air; `too-many-requests` when 50 are queued. */
  request(mediaId: string): Promise<StationView>;
  /** @throws {Problem} `station-unavailable`. */
  skip(): Promise<StationView>;
  view(): Promise<StationView>;
  /** Announces a new track of the library: it airs next, or at once when there is silence. Never rejects. */
  onAudioReady(mediaId: string): Promise<void>;
  stop(): void;
}

export interface StationServiceOptions {
  readonly store: ItemStore;
  readonly database: Database;
  readonly control: StationControl;
  readonly events: EventBus;
  readonly logger: Logger;
  /** Reports whether the media volume is present. While it is missing, there is silence, and nothing counts as aired. Default: true. */
  readonly isMediaReady?: () => boolean;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

export function createStationService(options: StationServiceOptions): StationService {
  const { store, database, control, events, logger, isMediaReady = () => true, clock = Date.now } = options;
  const schedule = createSchedule({ store, requests: createRequestQueue(database), clock });
  const status = createCachedStatus(control, clock);
  let isStopped = false;

  const aired = (airing: Airing): StationTrack[] => {
    const record = store.get(airing.mediaId);
    return record ? [trackView(record, { startedAt: airing.startedAt, requested: false })] : []; // deleted since
  };
  const compose = ({ online, listeners }: FeederStatus): StationView => {
    const now = schedule.now();
    return {
      online,
      now: (now && aired(now)[0]) ?? null,
      next: schedule
        .upcoming(UPCOMING_SHOWN)
        .map((record) => trackView(record, { startedAt: null, requested: schedule.isAwaited(record) })),
      history: schedule.history().flatMap(aired),
      listeners,
      stream: paths.stream,
      bufferSeconds: STATION_BUFFER_SECONDS,
    };
  };
  const view = async (): Promise<StationView> => compose(await status());
  const announce = async (): Promise<void> => {
    const feeder = await status();
    if (!isStopped) events.publish({ name: 'station', data: compose(feeder) });
  };
  const endSilence = async (): Promise<void> => {
    if (schedule.now()) return;
    await control.skip().catch((error: unknown) => logger.warn({ err: error }, 'station unavailable'));
  };
  const unsubscribe = events.subscribe(({ event }) => {
    const isRenamedTrack = event.name === 'media' && event.data.type === 'audio';
    if (event.name === 'media-deleted' || isRenamedTrack) void announce();
  });

  return {
    view,
    next() {
      if (!isMediaReady()) return SILENCE;
      const wasSilent = schedule.now() === undefined;
      const record = schedule.advance();
      if (!record && wasSilent) return SILENCE; // polled every few seconds: not logged
      logger.info({ mediaId: record?.id ?? null }, 'next on air');
      void announce();
      return record ? { mediaId: record.id, path: `${record.id}/audio.mp3` } : SILENCE;
    },
    async request(mediaId) {
      schedule.request(mediaId);
      await endSilence();
      void announce();
      return view();
    },
    async skip() {
      await control.skip();
      return view();
    },
    async onAudioReady(mediaId) {
      logger.info({ mediaId }, 'new track on the station');
      await endSilence();
      await announce();
    },
    stop() {
      isStopped = true;
      unsubscribe();
    },
  };
}

function trackView(record: ItemRecord, { startedAt, requested }: TrackAiring): StationTrack {
  const { id, title, uploader, durationSeconds, poster } = itemView(record);
  const started = startedAt === null ? null : new Date(startedAt).toISOString();
  return { mediaId: id, title, uploader, durationSeconds, poster, requested, startedAt: started };
}

interface TrackAiring {
  readonly startedAt: number | null;
  readonly requested: boolean;
}

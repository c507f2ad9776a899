import { paths, STATION_BUFFER_SECONDS, type FeederStatus, type Station, type StationTrack } from '@linkcast/contracts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { ItemRecord } from '../library/items/item-table.ts';
import { itemView } from '../library/items/item-view.ts';
import type { Airing, Schedule } from './schedule.ts';

export interface StationViewOptions {
  readonly store: Pick<ItemStore, 'findAirable'>;
  readonly schedule: Schedule;
}

const UPCOMING_SHOWN = 10;

/** The station as the API shows it. */
export async function stationView(
  { store, schedule }: StationViewOptions,
  { online, listeners }: FeederStatus,
): Promise<Station> {
  const now = schedule.now();
  const history = schedule.history();
  const upcoming = await schedule.upcoming(UPCOMING_SHOWN);
  const records = await store.findAirable([...(now ? [now] : []), ...history].map(({ mediaId }) => mediaId));
  const aired = ({ mediaId, startedAt }: Airing): StationTrack[] => {
    const record = records.find(({ id }) => id === mediaId);
    return record ? [trackView(record, { startedAt, requested: false })] : []; // deleted or private since
  };
  return {
    online,
    now: (now && aired(now)[0]) ?? null,
    next: upcoming.map(({ record, isAwaited }) => trackView(record, { startedAt: null, requested: isAwaited })),
    history: history.flatMap(aired),
    listeners,
    stream: paths.stream,
    bufferSeconds: STATION_BUFFER_SECONDS,
  };
}

interface TrackAiring {
  /** Milliseconds since 1970; null before it airs. */
  readonly startedAt: number | null;
  readonly requested: boolean;
}

function trackView(record: ItemRecord, { startedAt, requested }: TrackAiring): StationTrack {
  const { id, title, uploader, durationSeconds, poster } = itemView(record);
  const started = startedAt === null ? null : new Date(startedAt).toISOString();
  return { mediaId: id, title, uploader, durationSeconds, poster, requested, startedAt: started };
}

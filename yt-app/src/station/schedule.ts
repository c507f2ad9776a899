import { Problem } from '@linkcast/contracts';
import PQueue from 'p-queue';
import type { AppDatabase } from '../database/app-database.ts';
import type { EventLog } from '../events/event-log.ts';
import type { ItemRecord } from '../library/items/item-table.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { RequestQueue } from './request-queue.ts';

const MAX_WAITING = 50;
const MAX_HISTORY = 20;
const UNKNOWN_SECONDS = 60;

/** A track that went on air. */
export interface Airing {
  readonly mediaId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** The tracks on air, before and after. Changes are made one after another. */
export interface Schedule {
  /** Undefined: silence. */
  now(): Airing | undefined;
  /** Newest first, at most 20. */
  history(): readonly Airing[];
  /** The tracks that air next. */
  upcoming(limit: number): Promise<UpcomingTrack[]>;
  /** Puts the next track on air, and the current one into the history. Undefined: there is nothing to air. */
  advance(): Promise<ItemRecord | undefined>;
  /** Rejects with a problem: `not-found`; `conflict` for what cannot air; `too-many-requests` when 50 are queued. */
  request(mediaId: string): Promise<void>;
}

export interface UpcomingTrack {
  readonly record: ItemRecord;
  /** True for a track that was requested or is new: it airs before the loop continues. */
  readonly isAwaited: boolean;
}

export interface ScheduleOptions {
  readonly store: ItemStore;
  readonly requests: RequestQueue;
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Creates the schedule. Requests air first, in their order; then tracks that never aired, the newest first, so that a new
 * track does not wait for an old library; then all others in a loop, the least recently aired first.
 */
export async function createSchedule(options: ScheduleOptions): Promise<Schedule> {
  const { store, requests, database, events, clock } = options;
  let { now, history } = await rememberedAirings(store, clock());
  const changes = new PQueue({ concurrency: 1 });

  const upcoming = async (limit: number): Promise<UpcomingTrack[]> => {
    const requested = await store.findAirable(await requests.ids());
    const requestedIds = new Set(requested.map(({ id }) => id));
    const loop = await store.listInAiringOrder(limit + requested.length);
    const others = loop.filter(({ id }) => !requestedIds.has(id));
    return [...requested, ...others]
      .slice(0, limit)
      .map((record) => ({ record, isAwaited: record.airedAt === null || requestedIds.has(record.id) }));
  };

  /** Seconds until the track on air ends and a request leaves the queue; 60 when its duration is unknown. */
  const secondsToNext = async (): Promise<number> => {
    const durationSeconds = now && (await store.get(now.mediaId))?.durationSeconds;
    if (!now || !durationSeconds) return UNKNOWN_SECONDS;
    return Math.max(1, Math.ceil((now.startedAt - clock()) / 1000 + durationSeconds));
  };

  return {
    now: () => now,
    history: () => history,
    upcoming,
    advance: () =>
      changes.add(async () => {
        const [next] = await upcoming(1);
        if (next || now) await putOnAir(next?.record.id, options);
        if (now) history = [now, ...history].slice(0, MAX_HISTORY);
        now = next && { mediaId: next.record.id, startedAt: clock() };
        return next?.record;
      }),
    request: (mediaId) =>
      changes.add(async () => {
        await requireAirable(mediaId, store);
        const waiting = await store.findAirable(await requests.ids()); // others were deleted, or are private since
        if (!waiting.some(({ id }) => id === mediaId) && waiting.length >= MAX_WAITING)
          throw new Problem('too-many-requests', { retryAfterSeconds: await secondsToNext() });
        await database.transaction(async () => {
          await requests.add(mediaId);
          events.append({ name: 'station' });
        });
      }),
  };
}

/** Writes that a track is on air, or that there is silence. */
async function putOnAir(id: string | undefined, options: ScheduleOptions): Promise<void> {
  const { store, requests, database, events, clock } = options;
  await database.transaction(async () => {
    if (id !== undefined) {
      await store.markAired(id, clock());
      await requests.remove(id);
    }
    events.append({ name: 'station' });
  });
}

/** The airings before a restart; the last one may still be on air. */
async function rememberedAirings(
  store: ItemStore,
  atMs: number,
): Promise<{ now: Airing | undefined; history: Airing[] }> {
  const [last, ...earlier] = await store.listAired(MAX_HISTORY + 1);
  const endedAt = last?.airedAt ? last.airedAt + (last.durationSeconds ?? 0) * 1000 : 0;
  if (last && endedAt > atMs) return { now: asAiring(last), history: earlier.map(asAiring) };
  return { now: undefined, history: (last ? [last, ...earlier] : []).slice(0, MAX_HISTORY).map(asAiring) };
}

function asAiring({ id, airedAt }: ItemRecord): Airing {
  return { mediaId: id, startedAt: airedAt ?? 0 };
}

async function requireAirable(id: string, store: ItemStore): Promise<void> {
  const [airable] = await store.findAirable([id]);
  if (airable) return;
  const item = await store.getListed(id);
  throw new Problem(item?.visibility === 'everyone' ? 'conflict' : 'not-found');
}

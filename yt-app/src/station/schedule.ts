import { Problem } from '@linkcast/contracts';
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

/** The tracks on air, before and after. */
export interface Schedule {
  /** Undefined: silence. */
  now(): Airing | undefined;
  /** Newest first, at most 20. */
  history(): readonly Airing[];
  upcoming(limit: number): ItemRecord[];
  /** Reports whether a track was requested or is new: it airs before the loop continues. */
  isAwaited(record: ItemRecord): boolean;
  /** Puts the next track on air, and the current one into the history. Undefined: there is nothing to air. */
  advance(): ItemRecord | undefined;
  /** @throws {Problem} `not-found`; `conflict` for what cannot air; `too-many-requests` when 50 are queued. */
  request(mediaId: string): void;
}

export interface ScheduleOptions {
  readonly store: ItemStore;
  readonly requests: RequestQueue;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Creates the schedule. Requests air first, in their order; then tracks that never aired, the newest first, so that a new
 * track does not wait for an old library; then all others in a loop, the least recently aired first.
 */
export function createSchedule({ store, requests, clock }: ScheduleOptions): Schedule {
  let { now, history } = rememberedAirings(store, clock());

  const upcoming = (limit: number): ItemRecord[] => {
    const requested = requests.ids().flatMap((id) => store.get(id) ?? []);
    const requestedIds = new Set(requested.map(({ id }) => id));
    const others = store.listInAiringOrder(limit + requested.length).filter(({ id }) => !requestedIds.has(id));
    return [...requested, ...others].slice(0, limit);
  };

  /** Seconds until the track on air ends and a request leaves the queue; 60 when its duration is unknown. */
  const secondsToNext = (): number => {
    const durationSeconds = now && store.get(now.mediaId)?.durationSeconds;
    if (!now || !durationSeconds) return UNKNOWN_SECONDS;
    return Math.max(1, Math.ceil((now.startedAt - clock()) / 1000 + durationSeconds));
  };

  return {
    now: () => now,
    history: () => history,
    upcoming,
    isAwaited: ({ id, airedAt }) => airedAt === null || requests.ids().includes(id),
    advance() {
      if (now) history = [now, ...history].slice(0, MAX_HISTORY);
      const [record] = upcoming(1);
      now = record && { mediaId: record.id, startedAt: clock() };
      if (!record) return undefined;
      store.markAired(record.id, clock());
      requests.remove(record.id);
      return record;
    },
    request(mediaId) {
      requireAirable(store.get(mediaId));
      const waiting = requests.ids();
      if (!waiting.includes(mediaId) && waiting.length >= MAX_WAITING)
        throw new Problem('too-many-requests', { retryAfterSeconds: secondsToNext() });
      requests.add(mediaId);
    },
  };
}

/** The airings before a restart; the last one may still be on air. */
function rememberedAirings(store: ItemStore, atMs: number): { now: Airing | undefined; history: Airing[] } {
  const [last, ...earlier] = store.listAired(MAX_HISTORY + 1);
  const endedAt = last?.airedAt ? last.airedAt + (last.durationSeconds ?? 0) * 1000 : 0;
  if (last && endedAt > atMs) return { now: asAiring(last), history: earlier.map(asAiring) };
  return { now: undefined, history: (last ? [last, ...earlier] : []).slice(0, MAX_HISTORY).map(asAiring) };
}

function asAiring({ id, airedAt }: ItemRecord): Airing {
  return { mediaId: id, startedAt: airedAt ?? 0 };
}

function requireAirable(record: ItemRecord | undefined): void {
  if (!record) throw new Problem('not-found');
  if (record.type !== 'audio' || record.state !== 'ready' || !record.hasFile) throw new Problem('conflict');
}

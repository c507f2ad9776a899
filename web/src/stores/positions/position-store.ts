import { computed, signal } from '@preact/signals';
import {
  endpoints,
  isNearEnd,
  isWatchedAfter,
  resumeSecondsOf,
  type ApiClient,
  type Media,
  type MediaWithPosition,
  type Position,
} from '@linkcast/contracts';
import { sendBeacon } from '../../connection/beacon.ts';
import type { CallerStore } from '../caller-store.ts';
import { createPositionQueue } from './position-queue.ts';
import type { ResumePositions } from './resume-positions.ts';

/** The position of the person in an item. */
export type OwnPosition = Pick<Position, 'seconds' | 'isWatched'>;

/** An item that is played. */
export type PlayedItem = Pick<Media, 'id' | 'durationSeconds' | 'state'>;

export type PositionStore = ReturnType<typeof createPositionStore>;

interface PositionStoreOptions {
  readonly api: Pick<ApiClient, 'reportPositions'>;
  readonly caller: Pick<CallerStore, 'caller' | 'isSignedIn' | 'can'>;
  /** The positions in this browser, for guests and visitors. */
  readonly local: ResumePositions;
}

/** The playback positions: of a signed-in person on the server, of others in this browser. */
export function createPositionStore({ api, caller, local }: PositionStoreOptions) {
  const positions = signal<ReadonlyMap<string, OwnPosition>>(new Map());
  const queue = createPositionQueue({
    send: (reports) => api.reportPositions(reports),
    sendLast: (reports) => sendBeacon(endpoints.reportPositions.path, { positions: reports }),
  });
  /** Items that were marked as watched while they are open: their player reports nothing until they are opened again. */
  const marked = new Set<string>();
  const personId = computed(() => (caller.isSignedIn.value ? (caller.caller.value?.personId ?? null) : null));
  personId.subscribe(() => {
    queue.clear(); // nobody's position becomes that of somebody else
    marked.clear();
    positions.value = new Map();
  });

  const put = (id: string, position: OwnPosition): void => {
    positions.value = new Map(positions.value).set(id, position);
  };
  const localOf = (id: string): OwnPosition | undefined => {
    const seconds = local.get(id);
    return seconds === 0 ? undefined : { seconds, isWatched: false };
  };
  /** Returns the position in an item. Reads signals: a component that calls it re-renders on a change. */
  const of = (id: string): OwnPosition | undefined =>
    (personId.value === null ? undefined : positions.value.get(id)) ?? localOf(id);

  return {
    of,
    /** True when the positions are those of a person, on all their devices. Reads a signal, too. */
    isPersonal: (): boolean => personId.value !== null,
    /** Returns the second at which an item that is opened starts. */
    open: (id: string): number => {
      marked.delete(id);
      return resumeSecondsOf(of(id));
    },
    /** Takes the positions of items that the server has sent. */
    adopt: (media: readonly MediaWithPosition[]): void => {
      if (personId.value === null) return;
      const next = new Map(positions.value);
      for (const { id, position } of media) {
        if (queue.has(id)) continue; // what this page knows is newer
        if (position) next.set(id, position);
        else next.delete(id);
      }
      positions.value = next;
    },
    /** Takes the position of a player; {@link flush} or {@link leave} sends it. */
    report: (item: PlayedItem, seconds: number): void => {
      if (marked.has(item.id)) return;
      if (personId.value === null) {
        if (caller.can('watch')) local.set(item.id, seconds, item.durationSeconds ?? 0); // else: was signed out
        return;
      }
      put(item.id, { seconds, isWatched: isWatchedAfter({ ...item, seconds }, of(item.id)?.isWatched ?? false) });
      queue.put(item.id, seconds);
    },
    /** Marks an item as watched, or takes the mark back. @throws what the API client throws */
    mark: async (item: PlayedItem, isWatched: boolean): Promise<void> => {
      const at = of(item.id)?.seconds ?? 0;
      const seconds = !isWatched && isNearEnd(at, item.durationSeconds ?? Infinity) ? 0 : at;
      await api.reportPositions([{ mediaId: item.id, seconds, isWatched }]);
      queue.drop(item.id);
      if (isWatched) marked.add(item.id);
      put(item.id, { seconds, isWatched });
    },
    flush: queue.flush,
    leave: queue.leave,
  };
}

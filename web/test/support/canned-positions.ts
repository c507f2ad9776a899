import {
  isWatchedAfter,
  PositionReports,
  resumeSecondsOf,
  type Caller,
  type Media,
  type MediaWithPosition,
  type Position,
} from '@linkcast/contracts';
import { ok, refused, type Reply, type Route } from './canned-reply.ts';

interface PositionState {
  media: Media[];
  /** By id of the person, then of the item. */
  readonly positions: Map<string, Map<string, Position>>;
}

/** Creates the routes of playback positions of the canned API, and what shows an item with the caller's position. */
export function createCannedPositions(state: PositionState) {
  const of = ({ personId }: Caller): ReadonlyMap<string, Position> => state.positions.get(personId ?? '') ?? new Map();

  function report(caller: Caller, body: unknown): Reply {
    if (caller.personId === null) return refused('forbidden');
    const own = new Map(of(caller));
    for (const { mediaId, seconds, agedMs, isWatched } of PositionReports.parse(body).positions) {
      const item = state.media.find(({ id }) => id === mediaId);
      const before = own.get(mediaId);
      const updatedAt = new Date(Date.now() - agedMs).toISOString();
      if (!item || (before && before.updatedAt > updatedAt)) continue;
      const decided = isWatchedAfter({ ...item, seconds }, before?.isWatched ?? false);
      own.set(mediaId, { seconds, isWatched: isWatched ?? decided, updatedAt });
    }
    state.positions.set(caller.personId, own);
    return { status: 204 };
  }

  function list(caller: Caller, query: URLSearchParams): Reply {
    const newestFirst = [...of(caller)].toSorted(([, one], [, other]) => other.updatedAt.localeCompare(one.updatedAt));
    const positions = newestFirst.flatMap(([id, position]) => {
      const media = state.media.find((item) => item.id === id);
      const isListed = query.get('state') !== 'continue' || resumeSecondsOf(position) > 0;
      return media && isListed ? [{ ...position, media }] : [];
    });
    return ok({ positions: positions.slice(0, Number(query.get('limit') ?? 50)), nextCursor: null });
  }

  return {
    withPosition: (caller: Caller, item: Media): MediaWithPosition => ({
      ...item,
      position: of(caller).get(item.id) ?? null,
    }),
    routes: {
      reportPositions: ({ caller, body }) => report(caller, body),
      listPositions: ({ caller, query }) => list(caller, query),
    } as const satisfies Record<string, Route>,
  };
}

import { FollowedList, FollowRequest, type EndpointName } from '@linkcast/contracts';
import { ok, refused, type Route } from './canned-reply.ts';

interface FollowingState {
  following: FollowedList[];
}

/** Returns a followed list with defaults for the fields that are not given. */
export function aFollowedList(fields: Partial<FollowedList> & { id: string }): FollowedList {
  return FollowedList.parse({
    ...{ personId: 'ada', url: `https://example.com/${fields.id}`, title: 'A channel', type: 'video', quality: 'best' },
    ...{ visibility: 'everyone', since: null, filter: { include: [], exclude: [] }, keep: { last: null, days: null } },
    ...{ schedule: { kind: 'every', hours: 6 }, state: 'active', waiting: 0, collectionId: null, failures: 0 },
    ...{ lastCheckAt: '2026-11-20T10:00:00.000Z', lastNewAt: null, nextCheckAt: '2026-11-20T16:00:00.000Z' },
    ...{ failingSince: null, problem: null, createdAt: '2026-11-20T10:00:00.000Z', ...fields },
  });
}

/** Creates the routes of the canned API for followed lists. */
export function createCannedFollowing(state: FollowingState) {
  const find = (id: string) => state.following.find((list) => list.id === id);
  return {
    listFollowing: () => ok({ following: state.following }),
    follow: ({ body }) => {
      const { last, visibility = 'everyone', ...request } = FollowRequest.parse(body);
      if (request.url.endsWith('/film')) return refused('not-a-list');
      const list = aFollowedList({
        ...request,
        visibility,
        id: `new-${state.following.length}`,
        title: request.url,
        waiting: last,
      });
      state.following = [...state.following, list];
      return { status: 201, json: list };
    },
    patchFollowed: ({ id, body }) => {
      const list = find(id);
      if (!list) return refused('not-found');
      const changed = FollowedList.parse({ ...list, ...(body as Partial<FollowedList>) });
      state.following = state.following.map((each) => (each === list ? changed : each));
      return ok(changed);
    },
    unfollow: ({ id }) => {
      if (!find(id)) return refused('not-found');
      state.following = state.following.filter((list) => list.id !== id);
      return { status: 204 };
    },
    checkFollowed: ({ id }) => {
      const list = find(id);
      return list ? { status: 202, json: list } : refused('not-found');
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}

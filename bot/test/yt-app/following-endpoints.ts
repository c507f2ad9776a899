import { FollowRequest, Problem, type FollowedList, type Person } from '@linkcast/contracts';
import type { SideAnswer } from './access-endpoints.ts';

const NOW = '2026-11-30T12:00:00.000Z';

/** The side of the yt-app stand-in that has followed lists. */
export function createFollowingEndpoints() {
  const lists = new Map<string, FollowedList>();
  let count = 0;

  const follow = (body: unknown, { id: personId }: Person): SideAnswer => {
    const { url, type, quality, visibility = 'everyone', since, filter, keep, schedule } = FollowRequest.parse(body);
    if ([...lists.values()].some((list) => list.url === url)) throw new Problem('already-followed');
    const list: FollowedList = {
      ...{
        url,
        type,
        quality,
        visibility,
        since,
        filter,
        keep,
        schedule,
        personId,
        id: `list${String(++count)
          .padStart(16, 'a')
          .replaceAll(/[^a-z2-7]/g, 'b')}`,
      },
      ...{ title: `List ${count}`, state: 'active', waiting: 0, collectionId: null, lastCheckAt: NOW, lastNewAt: null },
      ...{ nextCheckAt: NOW, failures: 0, failingSince: null, problem: null, createdAt: NOW },
    };
    lists.set(list.id, list);
    return { status: 201, body: list };
  };
  const need = (id: string, { id: personId }: Person): FollowedList => {
    const list = lists.get(id);
    if (list?.personId !== personId) throw new Problem(list ? 'forbidden' : 'not-found');
    return list;
  };

  return {
    /** Undefined: no call of this side. */
    answer(call: string, caller: Person | undefined, body: unknown): SideAnswer | undefined {
      if (!caller) return undefined;
      if (call === 'POST /api/following') return follow(body, caller);
      if (call === 'GET /api/following')
        return {
          status: 200,
          body: { following: [...lists.values()].filter(({ personId }) => personId === caller.id) },
        };
      const [, method, id = ''] = /^(PATCH|DELETE) \/api\/following\/(\w+)$/.exec(call) ?? [];
      if (method === undefined) return undefined;
      const list = need(id, caller);
      if (method === 'DELETE') lists.delete(id);
      else lists.set(id, { ...list, ...(body as Partial<FollowedList>) });
      return method === 'DELETE' ? { status: 204 } : { status: 200, body: lists.get(id) };
    },
    lists: () => [...lists.values()],
    change: (id: string, changes: Partial<FollowedList>): void => {
      const list = lists.get(id);
      if (list) lists.set(id, { ...list, ...changes });
    },
  };
}

import type { z } from 'zod';
import type { FollowedPatch, FollowingQuery, FollowRequest } from '../following/followed-list.ts';
import { READ_LIMIT_MS, type CallEndpoint } from './transport.ts';

/** The calls about followed lists. */
export function createFollowingCalls(call: CallEndpoint) {
  return {
    listFollowing: (query: Partial<FollowingQuery> = {}) => call('listFollowing', { query }),
    follow: (request: z.input<typeof FollowRequest>, signal?: AbortSignal) =>
      call('follow', { body: request }, { signal, timeoutMs: READ_LIMIT_MS }),
    patchFollowed: (id: string, patch: FollowedPatch) => call('patchFollowed', { id, body: patch }),
    unfollow: (id: string) => call('unfollow', { id }),
    checkFollowed: (id: string) => call('checkFollowed', { id }),
  };
}

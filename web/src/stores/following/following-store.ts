import { signal } from '@preact/signals';
import type { ApiClient } from '@linkcast/contracts';

type FollowingCalls = Pick<ApiClient, 'listFollowing' | 'follow' | 'patchFollowed' | 'unfollow' | 'checkFollowed'>;

/** The calls about followed lists, and a signal of their changes; the page keeps the results itself. */
export function createFollowingStore(api: FollowingCalls) {
  /** Counts the changes. */
  const changes = signal(0);
  const { listFollowing, follow, patchFollowed, unfollow, checkFollowed } = api;
  return {
    ...{ changes, listFollowing, follow, patchFollowed, unfollow, checkFollowed },
    /** Notes that a followed list has changed. */
    note: (): void => void (changes.value += 1),
  };
}

import { useSignalEffect } from '@preact/signals';
import type { FollowedList, FollowedPatch } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** The actions of a person on a list that they follow. */
export interface FollowingActions {
  readonly change: (id: string, patch: FollowedPatch) => void;
  readonly check: (id: string) => void;
  readonly stop: (id: string) => void;
}

export interface FollowingState {
  /** Undefined until they were read. */
  readonly lists: readonly FollowedList[] | undefined;
  /** The sentence of the last failed read; empty after a successful one. */
  readonly failure: string;
  readonly reload: () => Promise<void>;
  readonly actions: FollowingActions;
}

/** Reads the lists that the person follows, again after each change, and acts on them. */
export function useFollowing(): FollowingState {
  const { following: words } = useTexts().site;
  const { following, toasts } = useStores();
  const { value, failure, reload } = useRequest(() => following.listFollowing());
  useSignalEffect(() => {
    if (following.changes.value > 0) void reload();
  });
  const act = (work: Promise<unknown>, done?: string) => toasts.follow(work.then(reload), done);

  return {
    lists: value?.following,
    ...{ failure, reload },
    actions: {
      change: (id, patch) => act(following.patchFollowed(id, patch)),
      check: (id) => act(following.checkFollowed(id), words.checking),
      stop: (id) => act(following.unfollow(id), words.stopped),
    },
  };
}

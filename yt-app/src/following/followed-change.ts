import type { FollowedPatch } from '@linkcast/contracts';
import { nextCheck } from './check-times.ts';
import type { StoredList } from './followed-table.ts';

/** The fields of a list that a wish of its person changes. Pure. */
export function changeOf(
  list: StoredList,
  { title, state, keep, schedule, quality, visibility, since, filter }: FollowedPatch,
  { now, random }: { readonly now: number; readonly random: number },
): Partial<StoredList> {
  const continues = state === 'active' && list.state === 'paused';
  return {
    ...(title === undefined ? {} : { title, hasOwnTitle: true }),
    ...(quality && { quality }),
    ...(visibility && { visibility }),
    ...(since === undefined ? {} : { since }),
    ...(filter && { filter }),
    ...(keep && { keepLast: keep.last, keepDays: keep.days, keepChangedAt: now }),
    ...(schedule && { schedule, nextCheckAt: nextCheck(schedule, now, random) }),
    ...(state && { state }),
    ...(continues ? { nextCheckAt: now, failures: 0, failingSince: null, problem: null } : {}),
  };
}

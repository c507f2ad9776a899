import { Problem, type FollowedList } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import { translateProblem } from '../jobs/job-problem.ts';
import type { FollowedRecord } from './followed-table.ts';

/** A followed list as the API shows it. */
export function followedView(list: FollowedRecord, language: Language): FollowedList {
  const { id, personId, url, title, type, quality, visibility, since, filter, schedule, state, problem } = list;
  const paused = state === 'paused';
  return {
    ...{ id, personId, url, title, type, quality, visibility, since, filter, schedule, state },
    keep: { last: list.keepLast, days: list.keepDays },
    ...{ waiting: list.waiting, collectionId: list.collectionId, failures: list.failures },
    lastCheckAt: toTime(list.lastCheckAt),
    lastNewAt: toTime(list.lastNewAt),
    nextCheckAt: paused ? null : toTime(list.nextCheckAt),
    failingSince: toTime(list.failingSince),
    problem: problem && translateProblem(new Problem(problem.code, problem.facts).toDocument(), language),
    createdAt: new Date(list.createdAt).toISOString(),
  };
}

function toTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

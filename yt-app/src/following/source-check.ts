import { isProblem, type Problem, type SourceListing } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { asksForRest, findHostRest } from '../jobs/claims/host-rest.ts';
import { toJobProblem } from '../jobs/job-problem.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { checkAfterFailure, isGivenUp, nextCheck, nextTry } from './check-times.ts';
import type { FollowedStore } from './followed-store.ts';
import type { FollowedRecord, StoredList } from './followed-table.ts';
import type { FoundVideos, NewVideos } from './new-videos.ts';

/** Checks the source of a followed list for new videos. */
export interface SourceCheck {
  /**
   * @returns false when nothing could be checked for a reason of our own, such as a worker that is away: other lists would fare no better.
   */
  run(list: FollowedRecord, signal: AbortSignal): Promise<boolean>;
}

export interface SourceCheckOptions {
  readonly database: AppDatabase;
  readonly store: FollowedStore;
  readonly videos: NewVideos;
  readonly jobs: Pick<JobService, 'readListing'>;
  readonly jobStore: Pick<JobStore, 'rest'>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Names the checks among the callers of probes. */
const CALLER = 'following';

export function createSourceCheck(options: SourceCheckOptions): SourceCheck {
  const { database, store, videos, jobs, jobStore, logger, clock, random } = options;

  const succeeded = ({ id }: FollowedRecord, listing: SourceListing): Promise<FoundVideos | undefined> =>
    database.transaction(async () => {
      await database.lock(`followed list ${id}`);
      const before = await store.get(id);
      if (before?.state !== 'active') return undefined; // stopped or paused meanwhile
      const list = before.hasOwnTitle || listing.title === null ? before : { ...before, title: listing.title };
      const now = clock();
      const found = await videos.fetch(list, listing, now);
      await store.change(id, afterSuccess(list, { found, now, random: random() }));
      return found;
    });
  const failed = (list: FollowedRecord, problem: Problem): Promise<void> =>
    database.transaction(async () => {
      const change = afterFailure(list, { problem, now: clock(), random: random() });
      await store.change(list.id, change);
      if (!asksForRest(problem.code)) return;
      await store.postponeHost(list.host, change.nextCheckAt);
      await jobStore.rest(list.host, { problem: change.problem, notBefore: change.nextCheckAt });
    });
  const read = async (list: FollowedRecord, signal: AbortSignal): Promise<SourceListing | Problem> => {
    try {
      return await jobs.readListing(list.url, { caller: CALLER, personId: list.personId, signal });
    } catch (error) {
      if (signal.aborted || !isProblem(error)) throw error;
      return error;
    }
  };

  return {
    async run(list, signal) {
      const rest = await findHostRest(database, list.host, clock());
      if (rest) {
        await store.postponeHost(list.host, rest.notBefore);
        return true;
      }
      const answer = await read(list, signal);
      const facts = { followedId: list.id, host: list.host };
      if (!isProblem(answer)) {
        const found = await succeeded(list, answer);
        if (found)
          logger.info({ ...facts, submitted: found.submitted, refused: found.refused }, 'followed list checked');
        return true;
      }
      if (!isOfSource(answer)) return false;
      await failed(list, answer);
      logger.warn({ ...facts, code: answer.code, failures: list.failures + 1 }, 'followed list not read');
      return true;
    },
  };
}

interface Success {
  readonly found: FoundVideos;
  readonly now: number;
  readonly random: number;
}

function afterSuccess(list: FollowedRecord, { found, now, random }: Success): Partial<StoredList> {
  const next = found.refused > 0 ? nextTry : nextCheck;
  return {
    title: list.title,
    ...(found.submitted > 0 ? { lastNewAt: now } : {}),
    ...{ lastCheckAt: now, failures: 0, failingSince: null, problem: found.problem },
    nextCheckAt: next(list.schedule, now, random),
  };
}

interface Failure {
  readonly problem: Problem;
  readonly now: number;
  readonly random: number;
}

function afterFailure(list: FollowedRecord, { problem, now, random }: Failure) {
  const failures = list.failures + 1;
  const failingSince = list.failingSince ?? now;
  return {
    ...{ failures, failingSince, problem: toJobProblem(problem) },
    nextCheckAt: checkAfterFailure(failures, now, random),
    ...(isGivenUp(failingSince, now) ? ({ state: 'paused' } as const) : {}),
  };
}

/** True for a problem of the source: it counts as a failure of the list. */
function isOfSource({ code }: Problem): boolean {
  return code.startsWith('source-') || code === 'not-a-list' || code === 'too-large' || code === 'invalid-url';
}

import {
  Problem,
  type FollowedPatch,
  type FollowRequest,
  type SourceListing,
  type Visibility,
} from '@linkcast/contracts';
import type { Logger, Stoppable } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { hostOf, parseSourceUrl, sourceKey } from '../egress/source-url.ts';
import type { EventLog } from '../events/event-log.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { randomId } from '../random-id.ts';
import { nextCheck, nextTry } from './check-times.ts';
import { createEntryStore } from './entry-store.ts';
import { changeOf } from './followed-change.ts';
import { createFollowedStore } from './followed-store.ts';
import type { FollowedRecord, StoredList } from './followed-table.ts';
import { createRound, startRounds, type CheckDueLists } from './following-rounds.ts';
import { createNewVideos, type FoundVideos } from './new-videos.ts';
import { createSourceCheck } from './source-check.ts';

/** The person who follows. */
export interface Follower {
  readonly personId: string;
  /** As `callerId` names them. */
  readonly caller: string;
  /** The visibility of items when the request has none; null: the setting of the installation. */
  readonly visibility: Visibility | null;
  readonly signal: AbortSignal;
}

/** The lists that people follow, and their checks. */
export interface Following extends Stoppable {
  /** By title. @param personId undefined: those of everyone. */
  list(personId?: string): Promise<FollowedRecord[]>;
  /** @throws {Problem} `not-found`. */
  get(id: string): Promise<FollowedRecord>;
  /**
   * Reads the list, and stores it with what it has now. Resolves when the first jobs are stored.
   *
   * @throws {Problem} `not-a-list`, `already-followed`, `too-many-followed`, and as a probe.
   */
  follow(request: FollowRequest, follower: Follower): Promise<FollowedRecord>;
  change(id: string, patch: FollowedPatch): Promise<FollowedRecord>;
  /** Stops following a list. Its items and jobs stay. */
  stopFollowing(id: string): Promise<void>;
  /** Stops following for a person who is removed, within the caller's transaction. */
  endOf(personId: string): Promise<void>;
  /** Makes the next check of a list due now. @throws {Problem} `conflict` while it is paused. */
  checkNow(id: string): Promise<FollowedRecord>;
  /** Checks the lists that are due. The loop does it every minute. */
  readonly checkDue: CheckDueLists;
}

export interface FollowingOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
  readonly jobs: Pick<JobService, 'readListing' | 'submitGroup'>;
  readonly jobStore: Pick<JobStore, 'rest'>;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  readonly defaultVisibility: Visibility;
  /** HOST_GAP, in milliseconds. */
  readonly hostGapMs: number;
  readonly logger: Logger;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
  /** From 0 to 1. Default Math.random. */
  readonly random?: () => number;
}

export function startFollowing({ clock = Date.now, random = Math.random, ...options }: FollowingOptions): Following {
  const { database, jobs, allowPrivate, defaultVisibility, logger } = options;
  const store = createFollowedStore(options);
  const videos = createNewVideos({ jobs, allowPrivate, entries: createEntryStore(database) });
  const check = createSourceCheck({ ...options, store, videos, clock, random });
  const checkDue = createRound({ store, check, hostGapMs: options.hostGapMs, logger, clock });
  const loop = startRounds(checkDue, logger);

  const need = async (found: Promise<FollowedRecord | undefined>): Promise<FollowedRecord> => {
    const list = await found;
    if (!list) throw new Problem('not-found');
    return list;
  };
  const insert = (list: StoredList, listing: SourceListing, last: number): Promise<FollowedRecord> =>
    database.transaction(async () => {
      await store.insert(list);
      const found = await videos.fetch(list, listing, list.createdAt, last);
      return need(store.change(list.id, afterFirst(list, found, random())));
    });

  return {
    list: (personId) => store.list(personId),
    get: (id) => need(store.get(id)),
    async follow(request, { personId, caller, visibility, signal }) {
      const source = parseSourceUrl(request.url, allowPrivate);
      await store.requireRoom({ personId, sourceKey: sourceKey(source) });
      const listing = await jobs.readListing(source.href, { caller, personId, signal });
      const chosen = { ...request, visibility: request.visibility ?? visibility ?? defaultVisibility };
      return insert({ ...newList(chosen, source, listing, clock()), personId }, listing, request.last);
    },
    async change(id, patch) {
      const list = await need(store.get(id));
      const changed = await need(store.change(id, changeOf(list, patch, { now: clock(), random: random() })));
      loop.runNow();
      return changed;
    },
    stopFollowing: async (id) => store.remove(await need(store.get(id))),
    endOf: (personId) => store.endOf(personId),
    async checkNow(id) {
      if ((await need(store.get(id))).state === 'paused') throw new Problem('conflict');
      const due = await need(store.change(id, { nextCheckAt: clock() }));
      loop.runNow();
      return due;
    },
    checkDue,
    stop: () => loop.stop(),
  };
}

type ChosenRequest = FollowRequest & { readonly visibility: Visibility };

/** A new list as it is before its first videos. */
function newList(
  request: ChosenRequest,
  source: URL,
  { title }: SourceListing,
  now: number,
): Omit<StoredList, 'personId'> {
  const { type, quality, visibility, since, filter, keep, schedule } = request;
  return {
    ...{ id: randomId(), url: source.href, sourceKey: sourceKey(source), host: hostOf(source) },
    ...{ title: title ?? source.hostname, hasOwnTitle: false, type, quality, visibility, since, filter, schedule },
    ...{ keepLast: keep.last, keepDays: keep.days, keepChangedAt: now, state: 'active', nextCheckAt: now },
    ...{ lastCheckAt: now, lastNewAt: null, failures: 0, failingSince: null, problem: null, createdAt: now },
  };
}

function afterFirst({ schedule, createdAt }: StoredList, found: FoundVideos, random: number): Partial<StoredList> {
  const next = found.refused > 0 ? nextTry : nextCheck;
  return {
    ...(found.submitted > 0 ? { lastNewAt: createdAt } : {}),
    problem: found.problem,
    nextCheckAt: next(schedule, createdAt, random),
  };
}

import { FollowRequest, Problem, type SourceListing } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import type { z } from 'zod';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { startFollowing, type Following } from '../../src/following/following.ts';
import type { FollowedRecord } from '../../src/following/followed-table.ts';
import type { ListSource } from '../../src/jobs/submission/link-reads.ts';
import { startJobs, type JobFixture, type JobFixtureChanges } from '../fixtures/job-fixture.ts';

export const CHANNEL = 'https://example.com/channel';
const HOUR_MS = 3_600_000;

/** Followed lists with real jobs, and a clock that a test moves. */
export interface FollowingRig {
  readonly following: Following;
  readonly fixture: JobFixture;
  /** Milliseconds since 1970. */
  now: number;
  /** The answer for each link: a list, or the refusal. */
  readonly sources: Map<string, SourceListing | Problem>;
  /** The links that were read. */
  readonly reads: string[];
  follow(request?: Partial<z.input<typeof FollowRequest>>, personId?: string): Promise<FollowedRecord>;
  /** Moves the clock, and checks the lists that are due then. */
  round(hours: number): Promise<void>;
  /** The links of the children of all parent jobs, oldest parent first. */
  batches(): Promise<string[][]>;
  stop(): Promise<void>;
}

interface RigOptions extends Pick<JobFixtureChanges, 'limits' | 'allowPrivate'> {
  /** Reads links instead of {@link FollowingRig.sources}. */
  readonly listSource?: ListSource;
}

export async function startFollowingRig(
  database: AppDatabase,
  { limits, allowPrivate = [], listSource }: RigOptions = {},
): Promise<FollowingRig> {
  const fromSources: ListSource = ({ url }) => {
    const source = rig.sources.get(url) ?? new Problem('source-not-found');
    return source instanceof Problem ? Promise.reject(source) : Promise.resolve(source);
  };
  const fixture = await startJobs(database, {
    allowPrivate,
    ...(limits && { limits }),
    listSource(link, signal) {
      rig.reads.push(link.url);
      return (listSource ?? fromSources)(link, signal);
    },
  });
  const following = startFollowing({
    ...{
      database,
      events: fixture.events.log,
      jobs: fixture.jobs,
      jobStore: fixture.store,
      allowPrivate,
      hostGapMs: 0,
    },
    ...{ defaultVisibility: 'everyone', clock: () => rig.now, random: () => 0 },
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  const signal = new AbortController().signal;
  const rig: FollowingRig = {
    ...{ following, fixture, now: Date.UTC(2026, 10, 30, 12), sources: new Map(), reads: [] },
    follow: (request, personId = 'anna') =>
      following.follow(FollowRequest.parse({ url: CHANNEL, type: 'video', ...request }), {
        ...{ personId, caller: `person:${personId}`, visibility: null, signal },
      }),
    async round(hours) {
      rig.now += hours * HOUR_MS;
      await following.checkDue(signal);
    },
    async batches() {
      const { jobs } = await fixture.jobs.list({ limit: 100 }, 'everything');
      return Promise.all(
        jobs.toReversed().map(async ({ id }) => {
          const children = await fixture.jobs.list({ limit: 100, parent: id }, 'everything');
          return children.jobs.map(({ url }) => url);
        }),
      );
    },
    async stop() {
      await following.stop();
      await fixture.stop();
    },
  };
  return rig;
}

/** A list with videos of these names, in their order. */
export function listOf(names: readonly string[], title = 'A channel'): SourceListing {
  const entries = names.map((name) => ({
    ...{ url: videoOf(name), title: name, sourceId: null, publishedAt: null, isUpcoming: false },
  }));
  return { title, entries, hasMore: false };
}

export function videoOf(name: string): string {
  return `https://example.com/watch/${name}`;
}

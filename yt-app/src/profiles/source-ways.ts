import {
  ownFileId,
  parseProxyAddress,
  type EgressUpstream,
  type Profile,
  type WorkCookies,
  type WorkWay,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { CookieJars, CookieJob } from '../cookies/cookie-jars.ts';
import type { JobRecord } from '../jobs/job-table.ts';
import { inOrder, profileOf } from './host-profile.ts';
import type { HostWayStore } from './host-way-store.ts';

/** Issues the URL of the egress proxy for a way. @param upstream its outbound proxy; undefined: none. */
export type IssueRoute = (upstream: EgressUpstream | undefined) => Promise<string>;

/** The ways of a job, and the cookies for those that use some. */
export interface WaysOfJob {
  readonly ways: WorkWay[];
  readonly cookies?: WorkCookies;
}

/** Decides by which ways the source of a job is tried, and remembers the ones that worked. */
export interface SourceWays {
  /** In the order in which they are tried; none: the host has no profile. Ways with cookies are left out where there are none. */
  of(job: Pick<JobRecord, 'url' | 'host' | 'personId'>, issueRoute: IssueRoute): Promise<WaysOfJob>;
  /** Takes what the downloader has made of the cookies of a job. */
  takeCookies(job: CookieJob, changed: WorkCookies): Promise<void>;
  /** Notes that an item was made by the last way that the job has tried. Never rejects: the item does not depend on it. */
  noteWorked(job: Pick<JobRecord, 'id' | 'host' | 'tried'>): Promise<void>;
}

export interface SourceWaysOptions {
  /** The profiles in force. */
  readonly profiles: () => readonly Profile[];
  readonly store: HostWayStore;
  readonly cookies: Pick<CookieJars, 'forJob' | 'takeBack'>;
  readonly logger: Logger;
}

export function createSourceWays({ profiles, store, cookies, logger }: SourceWaysOptions): SourceWays {
  return {
    async of({ url, host, personId }, issueRoute) {
      const profile = ownFileId(url) === undefined ? profileOf(profiles(), host) : undefined;
      if (!profile) return { ways: [] };
      const wanted = profile.ways.some((way) => way.cookies) ? await cookies.forJob({ host, personId }) : undefined;
      const possible = profile.ways.filter((way) => !way.cookies || wanted !== undefined);
      const ordered = inOrder(possible, await store.find(host));
      const ways = await Promise.all(
        ordered.map(async ({ proxy, ...way }) => ({
          ...way,
          proxyUrl: await issueRoute(proxy === undefined ? undefined : parseProxyAddress(proxy)),
        })),
      );
      return { ways, ...(wanted && { cookies: wanted }) };
    },
    takeCookies: (job, changed) => cookies.takeBack(job, changed),
    async noteWorked({ id, host, tried }) {
      const last = tried?.at(-1);
      if (last?.problem !== null) return;
      try {
        if ((await store.find(host)) !== last.way) await store.note(host, last.way, Date.now());
      } catch (error) {
        logger.warn({ jobId: id, err: error }, 'way that worked not noted');
      }
    },
  };
}

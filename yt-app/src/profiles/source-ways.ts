import { ownFileId, parseProxyAddress, type EgressUpstream, type Profile, type WorkWay } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobRecord } from '../jobs/job-table.ts';
import { inOrder, profileOf } from './host-profile.ts';
import type { HostWayStore } from './host-way-store.ts';

/** Issues the URL of the egress proxy for a way. @param upstream its outbound proxy; undefined: none. */
export type IssueRoute = (upstream: EgressUpstream | undefined) => Promise<string>;

/** Decides by which ways the source of a job is tried, and remembers the ones that worked. */
export interface SourceWays {
  /** In the order in which they are tried; none: the host has no profile. */
  of(job: Pick<JobRecord, 'url' | 'host'>, issueRoute: IssueRoute): Promise<WorkWay[]>;
  /** Notes that an item was made by the last way that the job has tried. Never rejects: the item does not depend on it. */
  noteWorked(job: Pick<JobRecord, 'id' | 'host' | 'tried'>): Promise<void>;
}

export interface SourceWaysOptions {
  /** The profiles in force. */
  readonly profiles: () => readonly Profile[];
  readonly store: HostWayStore;
  readonly logger: Logger;
}

export function createSourceWays({ profiles, store, logger }: SourceWaysOptions): SourceWays {
  return {
    async of({ url, host }, issueRoute) {
      const profile = ownFileId(url) === undefined ? profileOf(profiles(), host) : undefined;
      if (!profile) return [];
      const ways = inOrder(profile.ways, await store.find(host));
      return Promise.all(
        ways.map(async ({ proxy, ...way }) => ({
          ...way,
          proxyUrl: await issueRoute(proxy === undefined ? undefined : parseProxyAddress(proxy)),
        })),
      );
    },
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

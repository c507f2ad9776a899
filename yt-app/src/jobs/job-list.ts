import type { Job, JobList, JobQuery, Viewer } from '@linkcast/contracts';
import { InvalidRequest } from '../invalid-request.ts';
import type { JobPublisher } from './job-publisher.ts';
import type { JobStore } from './job-store.ts';

export interface JobListOptions {
  readonly store: Pick<JobStore, 'list' | 'listChildren' | 'groups'>;
  readonly publisher: Pick<JobPublisher, 'view' | 'viewGroup'>;
}

/** A listed job with the number that orders it. */
interface Listed {
  readonly number: number;
  readonly view: Job;
}

/**
 * Lists the jobs that a viewer sees: newest first, a parent in the place of its children; or the children of one, in their order.
 * Rejects with invalid-request for a cursor that is none of ours.
 */
export async function listJobs(query: JobQuery, viewer: Viewer, options: JobListOptions): Promise<JobList> {
  const { limit } = query;
  const found = await (query.parent === undefined ? readNewest : readChildren)(query, viewer, options);
  const listed = found.slice(0, limit);
  const nextCursor = found.length > limit ? String(listed.at(-1)?.number ?? '') : null;
  return { jobs: listed.map(({ view }) => view), nextCursor };
}

async function readNewest(
  { state, limit, cursor }: JobQuery,
  viewer: Viewer,
  { store, publisher }: JobListOptions,
): Promise<Listed[]> {
  const from = numberOf(cursor) ?? Number.MAX_SAFE_INTEGER;
  const jobs = await store.list({ state, from, limit: limit + 1 }, viewer);
  const groups = await store.groups.list({ state, before: from, limit: limit + 1 }, viewer);
  return [
    ...jobs.map((job) => ({ number: job.number, view: publisher.view(job) })),
    ...groups.map((group) => ({ number: group.number, view: publisher.viewGroup(group) })),
  ].sort((a, b) => b.number - a.number);
}

async function readChildren(
  { parent = '', state, limit, cursor }: JobQuery,
  viewer: Viewer,
  { store, publisher }: JobListOptions,
): Promise<Listed[]> {
  const jobs = await store.listChildren(parent, { state, from: numberOf(cursor) ?? 0, limit: limit + 1 }, viewer);
  return jobs.map((job) => ({ number: job.number, view: publisher.view(job) }));
}

function numberOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new InvalidRequest([{ field: 'cursor', fault: { code: 'cursor' } }]);
}

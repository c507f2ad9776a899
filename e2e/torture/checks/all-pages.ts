import type { Job } from '@linkcast/contracts';
import type { World } from '../world/world.ts';

export const PAGE = 100;

export function listAllJobs(api: Pick<World['api'], 'listJobs'>): Promise<Job[]> {
  return allPages(async (cursor) => {
    const { jobs, nextCursor } = await api.listJobs({ limit: PAGE, ...cursor });
    return { found: jobs, nextCursor };
  });
}

export async function allPages<Found>(
  read: (cursor: { cursor?: string }) => Promise<{ found: readonly Found[]; nextCursor: string | null }>,
): Promise<Found[]> {
  const all: Found[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const { found, nextCursor } = await read(cursor);
    all.push(...found);
    if (nextCursor === null) return all;
    cursor = { cursor: nextCursor };
  }
}

import type { Job, Media } from '@linkcast/contracts';
import type { World } from '../world/world.ts';

/** The state of an installation after the faults, as its API gives it. */
export interface Evidence {
  readonly jobs: readonly Job[];
  readonly media: readonly Media[];
  readonly trash: readonly Media[];
  /** Codes of the owner's notices. */
  readonly notices: readonly string[];
}

const PAGE = 100;

export async function gatherEvidence({ api }: Pick<World, 'api'>): Promise<Evidence> {
  const { notices } = await api.health();
  return {
    notices: notices.flatMap(({ message }) => message?.code ?? []),
    jobs: await allPages(async (cursor) => {
      const { jobs, nextCursor } = await api.listJobs({ limit: PAGE, ...cursor });
      return { found: jobs, nextCursor };
    }),
    media: await allPages(async (cursor) => {
      const { media, nextCursor } = await api.listMedia({ limit: PAGE, ...cursor });
      return { found: media, nextCursor };
    }),
    trash: await allPages(async (cursor) => {
      const { media, nextCursor } = await api.listTrash({ limit: PAGE, ...cursor });
      return { found: media, nextCursor };
    }),
  };
}

async function allPages<Found>(
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

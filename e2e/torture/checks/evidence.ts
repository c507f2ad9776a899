import type { Job, Media } from '@linkcast/contracts';
import type { World } from '../world/world.ts';
import { allPages, listAllJobs, PAGE } from './all-pages.ts';

/** The state of an installation after the faults, as its API gives it. */
export interface Evidence {
  readonly jobs: readonly Job[];
  readonly media: readonly Media[];
  readonly trash: readonly Media[];
  /** Codes of the owner's notices. */
  readonly notices: readonly string[];
}

export async function gatherEvidence({ api }: Pick<World, 'api'>): Promise<Evidence> {
  const { notices } = await api.health();
  return {
    notices: notices.flatMap(({ message }) => message?.code ?? []),
    jobs: await listAllJobs(api),
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

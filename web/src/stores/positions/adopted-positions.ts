import type { ApiClient } from '@linkcast/contracts';
import type { PositionStore } from './position-store.ts';

type Reading = Pick<ApiClient, 'listMedia' | 'getMedia'>;

/** The calls that read items; the positions in their answers go to the store. */
export function withAdoptedPositions(api: Reading, positions: Pick<PositionStore, 'adopt'>): Reading {
  return {
    listMedia: async (query) => {
      const page = await api.listMedia(query);
      positions.adopt(page.media);
      return page;
    },
    getMedia: async (id) => {
      const item = await api.getMedia(id);
      positions.adopt([item]);
      return item;
    },
  };
}

import type { ApiClient, NewShare, Share } from '@linkcast/contracts';

type ShareCalls = Pick<ApiClient, 'shareMedia' | 'listShares' | 'shareStation' | 'listStationShares' | 'revokeShare'>;

/** Creates, lists and revokes share links of one item (`mediaId`) or of the station (null). */
export function createShareLinks(api: ShareCalls) {
  return {
    /** Returns the active shares, newest first. */
    list: async (mediaId: string | null): Promise<readonly Share[]> => {
      const { shares } = await (mediaId === null ? api.listStationShares() : api.listShares(mediaId));
      return [...shares].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    create: (mediaId: string | null, lifetimeSeconds?: number): Promise<NewShare> => {
      const request = lifetimeSeconds === undefined ? {} : { lifetimeSeconds };
      return mediaId === null ? api.shareStation(request) : api.shareMedia(mediaId, request);
    },
    revoke: (id: string) => api.revokeShare(id),
  };
}

import { paths, type ApiClient, type Media } from '@linkcast/contracts';

/**
 * The API client of a guest. Paths of the item's files are rewritten below the share, where players request them
 * without a cookie or header.
 */
export function createGuestApi(api: ApiClient, token: string): ApiClient {
  return { ...api, getMedia: async (id) => withSharedLinks(await api.getMedia(id), token) };
}

/** Returns the item with its file paths rewritten below the share; paths outside the item's folder become null. */
export function withSharedLinks<Item extends Media>(item: Item, token: string): Item {
  const shared = (path: string | null) => {
    const files = `/media/${item.id}/`;
    return path?.startsWith(files) ? paths.share(token) + path.slice(files.length) : null;
  };
  const { hls, file } = item.links;
  return {
    ...item,
    poster: shared(item.poster),
    links: { page: paths.share(token), hls: shared(hls), file: shared(file) },
  };
}

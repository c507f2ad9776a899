import { paths, type ApiClient, type Media } from '@linkcast/contracts';

/**
 * The API as a guest may use it: the files of the one item lie below the share, which players ask without any cookie or
 * header.
 */
export function createGuestApi(api: ApiClient, token: string): ApiClient {
  return { ...api, getMedia: async (id) => withSharedLinks(await api.getMedia(id), token) };
}

/** The item with every path below the share; a path that is not one of its files is left out. */
export function withSharedLinks(item: Media, token: string): Media {
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

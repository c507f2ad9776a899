import type { RequestShare, StoredJob } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** Absolute addresses of an item; null while there is no such file or page. */
export interface ItemLinks {
  readonly page: string | null;
  readonly hls: string | null;
  readonly file: string | null;
}

/** The addresses of an item: those of its share, which open for everybody, or else those of the site, which need signing in. */
export function itemLinks({ links }: StoredJob, share: RequestShare, site: SiteLinks): ItemLinks {
  const shared = share.links;
  const absolute = (path: string | null): string | null => (path === null ? null : site.absolute(path));
  if (shared === null) return { page: absolute(links.page), hls: absolute(links.hls), file: absolute(links.file) };
  // The share was made when the item became playable; files that were finished later are below its page, with the same names.
  const below = (path: string | null, known: string | null): string | null =>
    path === null ? null : absolute(known ?? `${shared.page}${path.slice(path.lastIndexOf('/') + 1)}`);
  return { page: absolute(shared.page), hls: below(links.hls, shared.hls), file: below(links.file, shared.file) };
}

import type { Job } from '@linkcast/contracts';
import type { RequestShare } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** Absolute addresses of an item; null where there is nothing behind them yet. */
export interface ItemLinks {
  readonly page: string | null;
  readonly hls: string | null;
  readonly file: string | null;
}

/** Where an item can be opened: by its share, for everybody, or else on the site, by those who are signed in. */
export function itemLinks({ links }: Job, share: RequestShare, site: SiteLinks): ItemLinks {
  const shared = share.links;
  const absolute = (path: string | null): string | null => (path === null ? null : site.absolute(path));
  if (shared === null) return { page: absolute(links.page), hls: absolute(links.hls), file: absolute(links.file) };
  // The share was made as soon as the item played; what became whole since lies below its page too, by the same name.
  const below = (path: string | null, known: string | null): string | null =>
    path === null ? null : absolute(known ?? `${shared.page}${path.slice(path.lastIndexOf('/') + 1)}`);
  return { page: absolute(shared.page), hls: below(links.hls, shared.hls), file: below(links.file, shared.file) };
}

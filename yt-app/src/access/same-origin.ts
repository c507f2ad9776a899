import type { IncomingHttpHeaders } from 'node:http';

/**
 * Did a page of our own send this? Browsers say so in `Sec-Fetch-Site` (to secure origins) or at least in `Origin`; a
 * request that says neither is not from a browser that we know, and has no business with a cookie.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && originHost !== '' && new URL(own).host === originHost; // the default port may be left out
}

/**
 * Did a page of another site send this, which only reads? Browsers say nothing about many such requests; `none` is an
 * address that the person typed or has as a bookmark.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site === undefined && origin === undefined) return false;
  return site !== 'none' && !isSameOrigin(headers);
}

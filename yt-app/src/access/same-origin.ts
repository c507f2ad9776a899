import type { IncomingHttpHeaders } from 'node:http';

/**
 * Reports whether a page of our own sent the request. Browsers say so in `Sec-Fetch-Site` (to secure origins) or at least
 * in `Origin`; a request with neither is not from a supported browser, and its cookie does not count.
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
 * Reports whether a page of another site sent a request that only reads. Browsers send neither header with many such
 * requests; `none` is an address that a person typed or bookmarked.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site === undefined && origin === undefined) return false;
  return site !== 'none' && !isSameOrigin(headers);
}

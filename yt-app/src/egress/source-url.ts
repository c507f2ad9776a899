import { Problem } from '@linkcast/contracts';
import { isPossibleHost, judgeDestination } from '@linkcast/kit';

const MAX_CHARACTERS = 2048;
/** White space at the ends is forgiven; inside, it and control characters are not: the URL parser would drop some silently. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}]/u;

/** Parameters that say who shared a link and where, not what it leads to. */
const TRACKING =
  /^(?:utm_\w+|si|fbclid|gclid|dclid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_[ce]id|mkt_tok|_ga|_gl)$/i;

/**
 * The one gate for links that people send. Asks nobody: no DNS query, no connection.
 *
 * @param allowed `host:port` pairs that may be private, as ALLOW_PRIVATE_SOURCES has them.
 * @throws {Problem} `invalid-url`, or `source-forbidden` with the host.
 */
export function parseSourceUrl(text: string, allowed: readonly string[]): URL {
  const trimmed = text.trim();
  const isReadable = trimmed.length <= MAX_CHARACTERS && !UNPRINTABLE.test(trimmed) && /^https?:\/\//i.test(trimmed);
  const url = isReadable ? URL.parse(trimmed) : null;
  if (!url || url.username !== '' || url.password !== '' || url.href.length > MAX_CHARACTERS)
    throw new Problem('invalid-url');
  if (!isPossibleHost(url.hostname)) throw new Problem('invalid-url');
  if (judgeDestination(url.hostname, portOf(url), allowed) === 'forbidden')
    throw new Problem('source-forbidden', { host: url.hostname });
  return url;
}

/** The port a URL leads to, when it names none too. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/**
 * The same text for links that lead to the same source: tracking parameters and the fragment are gone (but not one that
 * is a route, such as `#/watch/1`), the query is sorted, http and https are one.
 */
export function sourceKey(url: URL): string {
  const key = new URL(url);
  key.protocol = 'https:';
  if (!/^#[!/]/.test(key.hash)) key.hash = '';
  key.hostname = key.hostname.replace(/\.$/, '');
  for (const name of [...key.searchParams.keys()]) if (TRACKING.test(name)) key.searchParams.delete(name);
  key.searchParams.sort();
  return key.href;
}

import { isProblem, Problem } from '@linkcast/contracts';
import { isPossibleHost, judgeDestination } from '@linkcast/kit';

const MAX_CHARACTERS = 2048;
/** White space at the ends is removed. Inside, it and control characters are refused: the URL parser would drop some silently. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}]/u;

/** Parameters that describe how a link was shared, not its target. */
const TRACKING =
  /^(?:utm_\w+|si|fbclid|gclid|dclid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_[ce]id|mkt_tok|_ga|_gl)$/i;

/**
 * Checks and parses a link that a person sent. Makes no DNS query and no connection.
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

/** Reports whether {@link parseSourceUrl} takes a link. */
export function isSourceUrl(text: string, allowed: readonly string[]): boolean {
  try {
    parseSourceUrl(text, allowed);
    return true;
  } catch (error) {
    if (isProblem(error)) return false;
    throw error;
  }
}

/** The host of a URL, for the limit of jobs for each host: the same with and without `www.` and the dot of the root. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/\.$/, '').replace(/^www\./, '');
}

/** The port of a URL, or the default port of its scheme. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/**
 * Normalises a link: equal keys are the same source. Removes tracking parameters and the fragment (unless it is a route,
 * such as `#/watch/1`), sorts the query, and treats http and https alike.
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

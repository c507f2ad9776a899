import type { IncomingHttpHeaders } from 'node:http';
import { sessionCookies } from '@linkcast/contracts';

/** The longest time that browsers keep a cookie. The session itself ends earlier, in the database. */
const MAX_AGE_SECONDS = 400 * 86_400;

/** Reads the session token from the cookie of the request's scheme. */
export function readSessionCookie(headers: IncomingHttpHeaders): string | undefined {
  return readCookie(headers, nameFor(headers));
}

/** Reads the session token that the edge passes on; the edge has picked the cookie by the scheme. */
export function readPickedCookie(headers: IncomingHttpHeaders): string | undefined {
  return readCookie(headers, sessionCookies.https) ?? readCookie(headers, sessionCookies.http);
}

/** The `Set-Cookie` value that stores the token. */
export function writeSessionCookie(headers: IncomingHttpHeaders, token: string): string {
  return setCookie(headers, token, MAX_AGE_SECONDS);
}

/** The `Set-Cookie` value that removes the token. */
export function clearSessionCookie(headers: IncomingHttpHeaders): string {
  return setCookie(headers, '', 0);
}

function setCookie(headers: IncomingHttpHeaders, value: string, maxAgeSeconds: number): string {
  const attributes = [`Max-Age=${maxAgeSeconds}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (isHttps(headers)) attributes.push('Secure');
  return [`${nameFor(headers)}=${value}`, ...attributes].join('; ');
}

function nameFor(headers: IncomingHttpHeaders): string {
  return isHttps(headers) ? sessionCookies.https : sessionCookies.http;
}

/** The edge sets this header, and drops the caller's own. */
function isHttps(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https';
}

function readCookie({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined {
  const start = `${name}=`;
  // Not trim(), which removes more than spaces: a site beside ours may set a cookie called `\xA0__Host-linkcast`.
  const pair = cookie.split(/; ?/).find((part) => part.startsWith(start));
  return pair?.slice(start.length);
}

import type { IncomingHttpHeaders } from 'node:http';
import { sessionCookies } from '@linkcast/contracts';

/** The longest that browsers keep a cookie. When the session ends is known here, and moves on with each use. */
const MAX_AGE_SECONDS = 400 * 86_400;

/** The session's token out of the cookie that belongs to the caller's scheme. */
export function readSessionCookie(headers: IncomingHttpHeaders): string | undefined {
  return readCookie(headers, nameFor(headers));
}

/** The session's token as the edge hands it on, which has picked the cookie by the scheme. */
export function readPickedCookie(headers: IncomingHttpHeaders): string | undefined {
  return readCookie(headers, sessionCookies.https) ?? readCookie(headers, sessionCookies.http);
}

/** The `Set-Cookie` that makes a browser hold the token. */
export function writeSessionCookie(headers: IncomingHttpHeaders, token: string): string {
  return setCookie(headers, token, MAX_AGE_SECONDS);
}

/** The `Set-Cookie` that makes a browser forget it. */
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

/** The edge says how the caller came; it never takes that header over from the caller. */
function isHttps(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https';
}

function readCookie({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined {
  const start = `${name}=`;
  // Not trim(), which takes more than a space away: a neighbour may set a cookie called `\xA0__Host-linkcast`.
  const pair = cookie.split(/; ?/).find((part) => part.startsWith(start));
  return pair?.slice(start.length);
}

import { accessCheck, sessionCookies } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { idPatterns } from '../directives/id-patterns.ts';
import { usePlainErrors } from './error-locations.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

type Wants = (typeof accessCheck.wants)[number];

const LOCATION = '/access';

/** Name of the upstream that answers access checks: a server of this nginx, in front of yt-app. */
export const ACCESS_CHECK_UPSTREAM = 'access_check';

/** Times of access decisions, in seconds. */
export const decisionSeconds = {
  /** A positive decision is cached so long; for that time a session or share that ended may still give access. */
  positive: 3,
  negative: 1,
  /** While yt-app does not answer, a positive decision is used until this age. */
  maxAge: 60,
  /** A request waits for a new decision at most so long before it gets the stale one. */
  wait: 10,
} as const;

/** Matches `site http;a=b; linkcast=…`, or `item`: the session cookie, if it is the one of the scheme and well-formed. */
const SESSION_PATTERN = (['http', 'https'] as const)
  .map((scheme) => `^(?:site|item) ${scheme};(?:.*;)? ?(${sessionCookies[scheme]}=${idPatterns.sessionToken})(?:;|$)`)
  .join('|');

/** Makes a location subject to the access check: 401 when yt-app denies access, 500 when there is no decision. */
export function requireAccess(location: ConfBlock, wants: Exclude<Wants, 'item'>): void {
  addCheck(location, wants, '""');
  const item = accessCheck.itemHeader.replaceAll('-', '_');
  if (wants === 'share-item') location.directive('auth_request_set', `$shared_item $upstream_http_${item}`);
}

/** Makes the files of the item `$media_id` subject to the access check. For a client who does not see it, they do not exist. */
export function requireItem(location: ConfBlock): void {
  addCheck(location, 'item', '$media_id');
  usePlainErrors(location, { 403: '=404 @not-found' });
}

function addCheck(location: ConfBlock, wants: Wants, item: '""' | '$media_id'): void {
  location.directive('set', `$wants ${wants}`);
  location.directive('set', `$wanted_item ${item}`);
  location.directive('auth_request', LOCATION);
}

/** {@link requireAccess} for a session; on a public site nothing is required. */
export function requireSession(location: ConfBlock, { access }: EdgeSettings): void {
  if (access === 'private') requireAccess(location, 'site');
}

/** Adds the internal location of the access check, which caches decisions for seconds. */
export function addAccessLocation(server: ConfBlock): void {
  server.block('location', `= ${LOCATION}`, (location) => {
    location.directive('internal');
    location.directive('set', '$cookies "$wants $scheme;$http_cookie"');
    location.directive('set', '$session_cookie ""');
    location.block('if', `($cookies ~ "${SESSION_PATTERN}")`, (block) =>
      block.directive('set', '$session_cookie "$1$2"'),
    );
    addDecisionCache(location);
    location.directive('proxy_pass_request_headers', 'off');
    location.directive('proxy_pass_request_body', 'off');
    for (const [name, value] of Object.entries(checkHeaders))
      location.directive('proxy_set_header', `${name} ${value}`);
    location.directive('proxy_read_timeout', `${decisionSeconds.wait}s`);
    location.directive('proxy_pass', `http://${ACCESS_CHECK_UPSTREAM}${accessCheck.path}`);
  });
}

function addDecisionCache(location: ConfBlock): void {
  location.directive('proxy_cache', 'access_decisions');
  location.directive('proxy_cache_key', '"$wants $wanted_item $session_cookie $share_token"');
  location.directive('proxy_cache_lock', 'on');
  location.directive(
    'proxy_cache_use_stale',
    'off',
    `While yt-app restarts, stale decisions are used for the time in Cache-Control of the access check server.
Allowed here, they would be used without limit: each use keeps a decision in the cache.`,
  );
  location.directive('proxy_ignore_headers', 'Expires Set-Cookie Vary X-Accel-Expires');
  location.directive('open_file_cache', 'max=1000 inactive=10s');
  location.directive('open_file_cache_valid', `${decisionSeconds.negative}s`);
}

/** The headers of the access check. */
const checkHeaders: Readonly<Record<string, string>> = {
  Host: 'localhost',
  Connection: '""',
  Cookie: '$session_cookie',
  [accessCheck.wantsHeader]: '$wants',
  [accessCheck.shareHeader]: '$share_token',
  [accessCheck.itemHeader]: '$wanted_item',
  'X-Forwarded-Proto': '$scheme',
  'X-Address': '$remote_addr',
};

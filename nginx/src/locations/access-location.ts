import { accessCheck, sessionCookies } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

type Wants = (typeof accessCheck.wants)[number];

const LOCATION = '/access';
const UPSTREAM = 'access_door';

/** How long a verdict is not requested again: for so long a session or share that was ended may still open something. */
const GOOD_SECONDS = 3;
const BAD_SECONDS = 1;
/** While yt-app does not answer, a good verdict lets somebody in until it is this old. */
const MAX_AGE_SECONDS = 60;
/** The longest that a request waits for a verdict before it gets the stale one. */
const WAIT_SECONDS = 10;
/** After {@link GOOD_SECONDS}. nginx decides when a request comes in whether the verdict is still good enough. */
const STALE_SECONDS = MAX_AGE_SECONDS - GOOD_SECONDS - WAIT_SECONDS;

/** In `site http;a=b; linkcast=…`: the session cookie, when it is the one for the scheme and has the shape of one. */
const SESSION_PATTERN = (['http', 'https'] as const)
  .map((scheme) => `^site ${scheme};(?:.*;)? ?(${sessionCookies[scheme]}=[A-Za-z0-9_-]{43})(?:;|$)`)
  .join('|');

/** Lets a request into a location only when yt-app says so: 401 otherwise, 500 when no verdict can be had. */
export function askAccess(location: ConfBlock, wants: Wants): void {
  location.directive('set', `$wants ${wants}`);
  location.directive('auth_request', LOCATION);
  const item = accessCheck.itemHeader.replaceAll('-', '_');
  if (wants === 'share-item') location.directive('auth_request_set', `$shared_item $upstream_http_${item}`);
}

/** {@link askAccess} for what is for those who have signed in; when everybody may watch, nobody is asked. */
export function askSession(location: ConfBlock, { access }: EdgeSettings): void {
  if (access === 'private') askAccess(location, 'site');
}

/** Where a server asks, when a location of it asks for access. Verdicts are remembered for seconds. */
export function addAccessLocation(server: ConfBlock): void {
  server.block('location', `= ${LOCATION}`, (location) => {
    location.directive('internal');
    location.directive('set', '$cookies "$wants $scheme;$http_cookie"');
    location.directive('set', '$session_cookie ""');
    location.block('if', `($cookies ~ "${SESSION_PATTERN}")`, (block) =>
      block.directive('set', '$session_cookie "$1$2"'),
    );
    location.directive('proxy_cache', 'verdicts');
    location.directive('proxy_cache_key', '"$wants $session_cookie $share_token"');
    location.directive('proxy_cache_lock', 'on');
    location.directive(
      'proxy_cache_use_stale',
      'off',
      `While yt-app starts again, those who were let in go on, for as long as Cache-Control of the server between
says. Allowed here, it would be for ever: use keeps a verdict alive.`,
    );
    location.directive('proxy_ignore_headers', 'Expires Set-Cookie Vary X-Accel-Expires');
    location.directive('open_file_cache', 'max=1000 inactive=10s');
    location.directive('open_file_cache_valid', `${BAD_SECONDS}s`);
    location.directive('proxy_pass_request_headers', 'off');
    location.directive('proxy_pass_request_body', 'off');
    for (const [name, value] of Object.entries(checkHeaders))
      location.directive('proxy_set_header', `${name} ${value}`);
    location.directive('proxy_read_timeout', `${WAIT_SECONDS}s`);
    location.directive('proxy_pass', `http://${UPSTREAM}${accessCheck.path}`);
  });
}

/** The headers of the access check. */
const checkHeaders: Readonly<Record<string, string>> = {
  Host: 'localhost',
  Connection: '""',
  Cookie: '$session_cookie',
  [accessCheck.wantsHeader]: '$wants',
  [accessCheck.shareHeader]: '$share_token',
  'X-Forwarded-Proto': '$scheme',
  'X-Address': '$remote_addr',
};

/** The memory for verdicts, and between it and yt-app a server of our own. */
export function addAccessServer(http: ConfBlock, settings: EdgeSettings): void {
  const { verdictDirectory } = settings;
  http.directive(
    'proxy_cache_path',
    `"${verdictDirectory}/verdicts" keys_zone=verdicts:1m max_size=16m inactive=10m use_temp_path=off`,
  );
  http.directive('limit_req_zone', '$http_x_address zone=askers:1m rate=20r/s');
  addLifetimes(http, settings);
  http.block('upstream', UPSTREAM, (upstream) => {
    upstream.directive('server', `"unix:${verdictSocketOf(settings)}"`);
    upstream.directive('keepalive', '8');
  });
  http.block('server', '', (server) => addCheckServer(server, settings), CHECK_COMMENT);
}

/** `$verdict_lifetime`: how long a verdict, or another answer of the server between, may be used. */
function addLifetimes(http: ConfBlock, { staleVerdictSeconds: stale = STALE_SECONDS }: EdgeSettings): void {
  http.block('map', '$status $verdict_lifetime', (map) => {
    map.directive('default', 'no-store');
    map.directive('204', `"max-age=${GOOD_SECONDS}, stale-while-revalidate=${stale}, stale-if-error=${stale}"`);
    map.directive('401', `max-age=${BAD_SECONDS}`);
  });
}

/** The socket of the server between the verdicts and yt-app. nginx leaves it behind when it is killed. */
export function verdictSocketOf({ verdictDirectory }: Pick<EdgeSettings, 'verdictDirectory'>): string {
  return `${verdictDirectory}/door.sock`;
}

const CHECK_COMMENT = `Between the verdicts and yt-app. nginx serves a stale verdict for a limited time only when its upstream fails
to answer, whatever the status would be, and never when it cannot find the upstream's address. Here all of
that becomes a connection that is closed. Not 429: whoever was shut out could bring that about by asking
too much, and would stay in.`;

/** Statuses of yt-app, or of nginx in its place, after which a stale verdict may be served. */
const FAILURES = '500 502 503 504';

function addCheckServer(server: ConfBlock, settings: EdgeSettings): void {
  server.directive('listen', `"unix:${verdictSocketOf(settings)}"`);
  server.directive('access_log', 'off');
  server.block('location', `= ${accessCheck.path}`, (location) => {
    location.directive(
      'limit_req',
      'zone=askers burst=50 nodelay',
      'Made-up tokens are not remembered: each is a question.',
    );
    location.directive('set', '$cache_control verdict');
    location.directive('proxy_hide_header', 'Cache-Control');
    location.directive('set', `$yt_app ${settings.ytAppUrl}`);
    for (const header of ['Host localhost', 'Connection ""', `Authorization "Bearer ${settings.serviceKey}"`]) {
      location.directive('proxy_set_header', header);
    }
    location.directive('proxy_connect_timeout', '2s');
    location.directive('proxy_read_timeout', '5s');
    location.directive('error_page', `${FAILURES} = @no-answer`);
    location.directive('proxy_intercept_errors', 'on');
    location.directive('proxy_pass', '$yt_app');
  });
  server.block('location', '@no-answer', (location) => location.directive('return', '444'));
  server.block('location', '/', (location) => location.directive('return', '404'));
}

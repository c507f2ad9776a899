import { accessCheck } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { ACCESS_CHECK_UPSTREAM, decisionSeconds } from '../locations/access-location.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

/**
 * Seconds for which a positive decision may be stale. nginx compares when a request arrives, and the request may then wait
 * for a new decision: both count as age.
 */
const STALE_SECONDS = decisionSeconds.maxAge - decisionSeconds.positive - decisionSeconds.wait;

/** Statuses of yt-app, or of nginx in its place, after which a stale decision may be used. */
const FAILURES = '500 502 503 504';

const SERVER_COMMENT = `The access check server, between the cache of decisions and yt-app. nginx limits the time of a stale answer only
when its upstream fails to answer, not by status, and not when it cannot resolve the upstream. So all of these
become a closed connection here. 429 does not: a client without access could cause it by too many requests,
and would keep its stale decision.`;

/** Adds the cache of access decisions, and the server that passes access checks to yt-app. */
export function addAccessCheckServer(http: ConfBlock, settings: EdgeSettings): void {
  http.directive(
    'proxy_cache_path',
    `"${settings.runtimeDirectory}/decisions" keys_zone=access_decisions:1m max_size=16m inactive=10m use_temp_path=off`,
  );
  http.directive('limit_req_zone', '$http_x_address zone=access_check_clients:1m rate=100r/s');
  addLifetimes(http, settings);
  http.block('upstream', ACCESS_CHECK_UPSTREAM, (upstream) => {
    upstream.directive('server', `"unix:${checkSocketOf(settings)}"`);
    upstream.directive('keepalive', '8');
  });
  http.block('server', '', (server) => addServer(server, settings), SERVER_COMMENT);
}

/** The socket of the access check server. nginx leaves it behind when it is killed. */
export function checkSocketOf({ runtimeDirectory }: Pick<EdgeSettings, 'runtimeDirectory'>): string {
  return `${runtimeDirectory}/check.sock`;
}

/** Adds `$decision_lifetime`: the Cache-Control of an answer of the access check server. */
function addLifetimes(http: ConfBlock, { staleDecisionSeconds: stale = STALE_SECONDS }: EdgeSettings): void {
  const { positive, negative } = decisionSeconds;
  http.block('map', '$status $decision_lifetime', (map) => {
    map.directive('default', 'no-store');
    map.directive('204', `"max-age=${positive}, stale-while-revalidate=${stale}, stale-if-error=${stale}"`);
    for (const status of ['401', '403']) map.directive(status, `max-age=${negative}`);
  });
}

function addServer(server: ConfBlock, settings: EdgeSettings): void {
  server.directive('listen', `"unix:${checkSocketOf(settings)}"`);
  server.directive('access_log', 'off');
  server.block('location', `= ${accessCheck.path}`, (location) => addCheckLocation(location, settings));
  server.block('location', '@no-answer', (location) => location.directive('return', '444'));
  server.block('location', '/', (location) => location.directive('return', '404'));
}

function addCheckLocation(location: ConfBlock, settings: EdgeSettings): void {
  location.directive(
    'limit_req',
    'zone=access_check_clients burst=200 nodelay',
    'Invented tokens and ids are never in the cache: each causes a request. A page of the library shows 50 posters.',
  );
  location.directive('set', '$cache_control access-decision');
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
}

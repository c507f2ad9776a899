import { endpoints, telegramUserHeader } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { addApiErrors, useApiErrors } from './error-locations.ts';

interface ApiLocation {
  /** A modifier and a path or quoted expression. */
  readonly match: string;
  /** Longest time without data from yt-app, as nginx writes it. Default 60 s. */
  readonly readTimeout?: string;
  readonly isStream?: true;
  /** Bodies of any size go to yt-app as they come: it knows the limits of the person. */
  readonly isUpload?: true;
  /** The largest body. Default: 16 kB. */
  readonly bodyBytes?: number;
  /** A second `limit_req`, besides that of the whole API. */
  readonly limit?: string;
}

/** The limit of signing in, in each way, and of joining: what a stranger may try. */
const SIGN_IN_LIMIT = 'zone=sign_ins burst=10 nodelay';

const LOCATIONS: readonly ApiLocation[] = [
  { match: '= /api/events', readTimeout: '1h', isStream: true },
  { match: '~ "^/api/jobs/[A-Za-z0-9_-]+/events$"', readTimeout: '1h', isStream: true },
  { match: '= /api/download', readTimeout: '12h' }, // answers when the media is ready
  { match: '= /api/probe', readTimeout: '2m' }, // starts yt-dlp
  { match: '= /api/jobs', readTimeout: '2m' }, // likewise, for the list of a playlist
  { match: '= /api/following', readTimeout: '2m' }, // likewise
  // yt-app writes the file to the disk. An expression: below a prefix that ends with a slash, nginx redirects the path without it.
  { match: `~ "^${endpoints.createUpload.path}/."`, readTimeout: '2m', isUpload: true },
  { match: '~ "^/api/delivery-targets/[^/]+/checks$"', readTimeout: '2m' }, // connects to a server
  { match: `= ${endpoints.signIn.path}`, limit: SIGN_IN_LIMIT },
  { match: `= ${endpoints.acceptInvitation.path}`, limit: SIGN_IN_LIMIT },
  { match: `= ${endpoints.beginPasskeySignIn.path}`, limit: SIGN_IN_LIMIT },
  { match: `= ${endpoints.signInByPasskey.path}`, limit: SIGN_IN_LIMIT },
];

/** Cookies of a browser, profiles of hosts and keys of servers may be larger than other bodies. */
const LARGE: readonly ApiLocation[] = [
  endpoints.putCookies,
  endpoints.replaceProfiles,
  endpoints.createDeliveryTarget,
  endpoints.checkNewDeliveryTarget,
].map(({ path, bodyBytes }) => ({ match: `= ${path}`, readTimeout: '2m', bodyBytes })); // a server that hangs is left after a minute

const METRICS = '/metrics';
const LIMIT = 'zone=api_calls burst=300 nodelay';

/** Headers that replace those of the client, so that a client cannot forge its address, scheme, host or Telegram account. */
const FORWARDED_HEADERS: Readonly<Record<string, string>> = {
  Host: '$host_as_sent',
  Connection: '""',
  'X-Forwarded-For': '$remote_addr',
  'X-Forwarded-Proto': '$scheme',
  'X-Forwarded-Host': '""',
  Forwarded: '""',
  [telegramUserHeader]: '""',
  'X-Request-Id': '$request_id',
};

/** Adds `/api/` and `/metrics`: passes requests to yt-app, which authenticates callers. Other paths of yt-app are not reachable. */
export function addApiLocations(server: ConfBlock, settings: EdgeSettings): void {
  const addRoot = (api: ConfBlock, match: string): void => {
    useApiErrors(api);
    for (const [name, value] of Object.entries(FORWARDED_HEADERS))
      api.directive('proxy_set_header', `${name} ${value}`);
    api.directive('limit_req', LIMIT);
    addProxy(api, { match }, settings);
  };
  server.block('location', `= ${METRICS}`, (metrics) => addRoot(metrics, METRICS), 'The key of an owner opens it.');
  server.block('location', '/api/', (api) => {
    addRoot(api, '/api/');
    for (const location of [...LOCATIONS, ...LARGE]) {
      api.block('location', location.match, (block) => addProxy(block, location, settings));
    }
  });
  addApiErrors(server);
}

/** Adds the directives that a nested location does not inherit. */
function addProxy(block: ConfBlock, location: ApiLocation, { ytAppUrl }: EdgeSettings): void {
  block.directive('set', '$cache_control upstream', 'The Cache-Control of yt-app is kept.');
  block.directive(
    'set',
    `$yt_app ${ytAppUrl}`,
    'A variable: nginx starts without yt-app, and resolves its name again at run time.',
  );
  if (location.limit) {
    block.directive('limit_req', LIMIT);
    block.directive('limit_req', location.limit);
  }
  if (location.readTimeout) block.directive('proxy_read_timeout', location.readTimeout);
  if (location.bodyBytes) block.directive('client_max_body_size', String(location.bodyBytes));
  if (location.isUpload) addUpload(block);
  if (location.isStream) block.directive('proxy_buffering', 'off');
  block.directive('proxy_pass', '$yt_app');
}

function addUpload(block: ConfBlock): void {
  block.directive('client_max_body_size', '0');
  block.directive('client_body_timeout', '60s', 'A phone loses its network for a while.');
  block.directive('proxy_request_buffering', 'off');
}

/** Adds the request limits per client address. Of `/api/session` only POST is limited: GET reads the session. */
export function addApiLimits(http: ConfBlock): void {
  http.block('map', '$request_method $sign_in_client', (map) => {
    map.directive('default', '""');
    map.directive('POST', '$binary_remote_addr');
  });
  http.directive('limit_req_zone', '$binary_remote_addr zone=api_calls:1m rate=100r/s');
  http.directive('limit_req_zone', '$sign_in_client zone=sign_ins:1m rate=20r/m');
}

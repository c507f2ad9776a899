import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { addApiErrors, useApiErrors } from './error-locations.ts';

interface ApiLocation {
  /** A modifier and a path or quoted expression. */
  readonly match: string;
  /** How long yt-app may be silent. Default 60 s. */
  readonly readTimeout?: string;
  readonly isStream?: true;
  /** Never with our token for the public: it makes work. */
  readonly isWork?: true;
}

const LOCATIONS: readonly ApiLocation[] = [
  { match: '= /api/events', readTimeout: '1h', isStream: true },
  { match: '~ "^/api/jobs/[A-Za-z0-9_-]+/events$"', readTimeout: '1h', isStream: true },
  { match: '= /api/download', readTimeout: '12h' }, // answers when the media is ready
  { match: '= /api/probe', readTimeout: '2m', isWork: true }, // starts yt-dlp
];

/** What yt-app gets to see of a request: nothing that the caller could make up about itself. */
const FORWARDED_HEADERS: Readonly<Record<string, string>> = {
  Host: '$host',
  Connection: '""',
  Authorization: '$authorization',
  'X-Forwarded-For': '$remote_addr',
  'X-Forwarded-Proto': '$scheme',
  'X-Forwarded-Host': '""',
  Forwarded: '""',
  'X-Request-Id': '$request_id',
};

/** `/api` goes to yt-app, with the token added as the access rules say; nothing else of yt-app can be reached. */
export function addApiLocations(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', '/api/', (api) => {
    useApiErrors(api);
    for (const [name, value] of Object.entries(FORWARDED_HEADERS))
      api.directive('proxy_set_header', `${name} ${value}`);
    addProxy(api, { match: '/api/' }, settings);
    for (const location of LOCATIONS) {
      api.block('location', location.match, (block) => addProxy(block, location, settings));
    }
  });
  addApiErrors(server);
}

/** What a nested location does not inherit. */
function addProxy(block: ConfBlock, location: ApiLocation, { ytAppUrl, domainName }: EdgeSettings): void {
  const isLocal = domainName === undefined;
  block.directive('set', '$cache_control ""', 'yt-app says what may be kept.');
  block.directive(
    'set',
    `$authorization ${!isLocal && location.isWork ? '$http_authorization' : '$api_authorization'}`,
  );
  block.directive(
    'set',
    `$yt_app ${ytAppUrl}`,
    'A variable: nginx starts without yt-app, and finds it when it has moved.',
  );
  if (isLocal) {
    block.block('if', '($is_foreign_call)', (refusal) => refusal.directive('return', '403'));
    block.block('if', '($claimed_origin != "$scheme://$http_host")', (refusal) => refusal.directive('return', '403'));
  }
  if (location.readTimeout) block.directive('proxy_read_timeout', location.readTimeout);
  if (location.isStream) block.directive('proxy_buffering', 'off');
  block.directive('proxy_pass', '$yt_app');
}

import type { ConfBlock } from './conf-block.ts';
import { publicOriginOf, type EdgeSettings } from '../settings/edge-settings.ts';
import { addResponseHeaders } from './response-headers.ts';
import { addClientLimits } from './client-limits.ts';
import { addTlsSettings } from './tls-settings.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/javascript': 'js mjs',
  'text/plain': 'txt',
  'text/vtt': 'vtt',
  'application/json': 'json',
  'application/manifest+json': 'webmanifest',
  'application/vnd.apple.mpegurl': 'm3u8',
  'video/mp4': 'mp4',
  'audio/mpeg': 'mp3',
  'image/jpeg': 'jpg jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'font/woff2': 'woff2',
};

const COMPRESSED_TYPES = [
  'text/css',
  'text/javascript',
  'text/plain',
  'text/vtt',
  'application/json',
  'application/problem+json',
  'application/manifest+json',
  'application/vnd.apple.mpegurl',
  'image/svg+xml',
];

/** Adds the settings of all servers: files, headers, TLS, limits, upstreams, access log. */
export function addHttpDefaults(http: ConfBlock, settings: EdgeSettings): void {
  addFiles(http, settings);
  addResponseHeaders(http, settings);
  addTlsSettings(http, settings);
  addClientLimits(http);
  addProxyDefaults(http, settings);
  addAccessLog(http, settings);
}

function addFiles(http: ConfBlock, { stateDirectory }: EdgeSettings): void {
  http.block('types', '', (types) => {
    for (const [type, extensions] of Object.entries(CONTENT_TYPES)) types.directive(type, extensions);
  });
  http.directive('default_type', 'application/octet-stream');
  http.directive('charset', 'utf-8');
  http.directive('charset_types', 'text/css text/javascript text/plain text/vtt');
  for (const kind of ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) {
    http.directive(`${kind}_temp_path`, `"${stateDirectory}/temp/${kind}"`);
  }
  http.directive('sendfile', 'on');
  http.directive('sendfile_max_chunk', '1m', 'One fast client does not occupy a worker.');
  http.directive('tcp_nopush', 'on');
  http.directive('disable_symlinks', 'on from=$document_root');
  http.directive('absolute_redirect', 'off', 'Redirects name no host, so a request cannot choose one.');
  http.directive('gzip', 'on');
  http.directive('gzip_vary', 'on');
  http.directive('gzip_proxied', 'any');
  http.directive('gzip_types', COMPRESSED_TYPES.join(' '));
}

function addProxyDefaults(http: ConfBlock, settings: EdgeSettings): void {
  const { nameServers } = settings;
  if (nameServers.length > 0) {
    const servers = nameServers.map((address) => (address.includes(':') ? `[${address}]` : address));
    http.directive('resolver', `${servers.join(' ')} valid=10s`);
    http.directive('resolver_timeout', '5s');
  }
  http.directive('proxy_http_version', '1.1');
  http.directive('proxy_connect_timeout', '5s');
  http.directive('proxy_redirect', 'off');
  http.directive('proxy_hide_header', 'X-Powered-By');
  const comment = 'nginx sets no $http_host for HTTP/3, which only the public server supports.';
  http.block('map', '$http_host $host_as_sent', (map) => {
    map.directive('default', '$http_host');
    map.directive('""', settings.domainName === undefined ? '$host' : publicOriginOf(settings).host, comment);
  });
}

function addAccessLog(http: ConfBlock, { accessLogPort }: EdgeSettings): void {
  const fields = {
    remote: '$remote_addr',
    method: '$request_method',
    path: '$logged_path',
    status: '$status',
    bytes: '$body_bytes_sent',
    seconds: '$request_time',
    requestId: '$request_id',
  };
  const format = JSON.stringify(fields).replaceAll('"', String.raw`\"`);
  http.directive('log_format', `requests escape=json "${format}"`, 'Neither query nor headers, which may hold tokens.');
  http.directive('access_log', `syslog:server=127.0.0.1:${accessLogPort},nohostname requests`);
}

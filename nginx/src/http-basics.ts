import type { ConfBlock } from './conf-block.ts';
import { quote } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { securityHeaders } from './security-headers.ts';

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

/** What holds for every server: files, headers, TLS, limits, logs. */
export function addHttpBasics(http: ConfBlock, settings: EdgeSettings): void {
  addFiles(http, settings);
  addHeaders(http);
  addTls(http, settings);
  addLimits(http);
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
  http.directive('sendfile_max_chunk', '1m', 'One fast client does not keep a worker to itself.');
  http.directive('tcp_nopush', 'on');
  http.directive('disable_symlinks', 'on from=$document_root');
  http.directive('absolute_redirect', 'off', 'Redirects name no host, so no request can choose one.');
  http.directive('gzip', 'on');
  http.directive('gzip_vary', 'on');
  http.directive('gzip_proxied', 'any');
  http.directive('gzip_types', COMPRESSED_TYPES.join(' '));
}

function addHeaders(http: ConfBlock): void {
  http.directive('server_tokens', 'off');
  const why =
    'The only add_header of this file: one in a location would drop all of these there.\nLocations set $cache_control and $allow instead; an empty value sends no header.';
  for (const [index, [name, value]] of Object.entries(securityHeaders).entries()) {
    http.directive('add_header', `${name} ${quote(value)} always`, index === 0 ? why : undefined);
    http.directive('proxy_hide_header', name);
  }
  http.directive('add_header', 'Cache-Control $cache_control always');
  http.directive('add_header', 'Allow $allow always');
  http.directive('uninitialized_variable_warn', 'off');
}

/** Mozilla's intermediate profile, here and not in a server: the default server's protocols decide for all of them. */
function addTls(http: ConfBlock, { stateDirectory, hasHttp2Directive }: EdgeSettings): void {
  if (hasHttp2Directive) http.directive('http2', 'on');
  http.directive('ssl_certificate', `"${stateDirectory}/certificate.pem"`);
  http.directive('ssl_certificate_key', `"${stateDirectory}/key.pem"`);
  http.directive('ssl_protocols', 'TLSv1.2 TLSv1.3');
  http.directive(
    'ssl_ciphers',
    'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  );
  http.directive('ssl_ecdh_curve', 'X25519:prime256v1:secp384r1');
  http.directive('ssl_prefer_server_ciphers', 'off');
  http.directive('ssl_session_timeout', '1d');
  http.directive('ssl_session_cache', 'shared:tls:2m');
  http.directive('ssl_session_tickets', 'off');
}

function addLimits(http: ConfBlock): void {
  http.directive('client_header_timeout', '10s', 'A client that drips or stalls loses its connection.');
  http.directive('client_body_timeout', '10s');
  http.directive('send_timeout', '30s');
  http.directive('keepalive_timeout', '30s');
  http.directive('reset_timedout_connection', 'on');
  http.directive('client_max_body_size', '16k');
  http.directive('large_client_header_buffers', '4 8k');
  http.directive('limit_conn_zone', '$binary_remote_addr zone=visitors:1m');
  http.directive(
    'limit_conn',
    'visitors 200',
    'Requests at once from one address. A player has six, and a whole family (or a container\nnetwork) may share one address: this stops a flood, not a household.',
  );
  http.directive('limit_conn_status', '429');
  http.directive('limit_conn_log_level', 'warn');
}

function addProxyDefaults(http: ConfBlock, { nameServers }: EdgeSettings): void {
  if (nameServers.length > 0) {
    const servers = nameServers.map((address) => (address.includes(':') ? `[${address}]` : address));
    http.directive('resolver', `${servers.join(' ')} valid=10s`);
    http.directive('resolver_timeout', '5s');
  }
  http.directive('proxy_http_version', '1.1');
  http.directive('proxy_connect_timeout', '5s');
  http.directive('proxy_redirect', 'off');
  http.directive('proxy_hide_header', 'X-Powered-By');
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
  http.directive('log_format', `requests escape=json "${format}"`, 'No query, no header: tokens travel in those.');
  http.directive('access_log', `syslog:server=127.0.0.1:${accessLogPort},nohostname requests`);
}

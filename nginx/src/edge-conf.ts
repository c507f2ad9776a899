import type { ConfBlock } from './conf-block.ts';
import { renderConf } from './conf-block.ts';
import { addAccessRules } from './access-rules.ts';
import { addApiLocations } from './api-locations.ts';
import { EdgeSettings } from './edge-settings.ts';
import { addPlainErrors } from './error-locations.ts';
import { addHttpBasics } from './http-basics.ts';
import { addMediaLocations } from './media-locations.ts';
import { addSiteLocations } from './site-locations.ts';
import { addStationLocation } from './station-location.ts';

/**
 * The text of nginx.conf for the given settings. Pure: the same settings give the same text.
 *
 * @throws {z.ZodError} when a setting does not hold to its pattern.
 */
export function renderEdgeConf(given: EdgeSettings): string {
  const settings = EdgeSettings.parse(given);
  return renderConf((root) => {
    root.directive('daemon', 'off', 'Written by the edge at each start: changes made here are lost.');
    root.directive('pid', `"${settings.stateDirectory}/nginx.pid"`);
    root.directive('error_log', 'stderr warn');
    if (settings.workerUser) root.directive('user', settings.workerUser);
    root.directive('worker_processes', 'auto');
    root.directive('worker_rlimit_nofile', '8192');
    root.directive('worker_shutdown_timeout', '3s', 'Listeners of the station never hang up by themselves.');
    root.block('events', '', (events) => events.directive('worker_connections', '2048'));
    root.block('http', '', (http) => {
      addHttpBasics(http, settings);
      addAccessRules(http, settings);
      http.block('server', '', (server) => addCatchAll(server, settings), 'Whoever asks for a name that is not ours.');
      http.block('server', '', (server) => addSite(server, settings));
    });
  });
}

/**
 * On localhost the TLS handshake is answered whatever name is asked for, because a browser on https://127.0.0.1 sends
 * none; the request itself must then carry a name of ours. With a domain, strangers do not get to see the certificate.
 */
function addCatchAll(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, ' default_server');
  server.directive('server_name', '_');
  if (settings.domainName !== undefined) server.directive('ssl_reject_handshake', 'on');
  server.directive('return', '444');
}

function addSite(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, '');
  const names = ['localhost', '127.0.0.1', '[::1]'];
  server.directive(
    'server_name',
    settings.domainName === undefined ? names.join(' ') : [settings.domainName, ...names].join(' '),
  );
  server.directive('root', `"${settings.siteDirectory}"`);
  server.directive('set', '$logged_path $uri', 'The path as it came in, without the query.');
  server.directive('set', '$cache_control no-store');
  server.directive('set', '$allow ""');
  server.block(
    'if',
    `($request_uri !~ "^/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)?(?:\\?|$)")`,
    (block) => block.directive('return', '404'),
    'Every path of ours is plain. What is escaped, doubled, or begins with a dot is an attempt at something else.',
  );
  addPlainErrors(server);
  addApiLocations(server, settings);
  addMediaLocations(server, settings);
  addStationLocation(server, settings);
  addSiteLocations(server);
}

function addListens(server: ConfBlock, settings: EdgeSettings, suffix: string): void {
  const tls = settings.hasHttp2Directive ? ' ssl' : ' ssl http2';
  for (const address of settings.listenAddresses) {
    const host = address.includes(':') ? `[${address}]` : address;
    server.directive('listen', `${host}:${settings.httpPort}${suffix}`);
    server.directive('listen', `${host}:${settings.httpsPort}${tls}${suffix}`);
  }
}

import type { ConfBlock } from '../directives/conf-block.ts';
import { allowReadMethods } from '../directives/read-methods.ts';
import { addAccessLocation } from '../locations/access-location.ts';
import { addApiLocations } from '../locations/api-locations.ts';
import { addPlainErrors } from '../locations/error-locations.ts';
import { addMediaLocations } from '../locations/media-locations.ts';
import { addShareLocations } from '../locations/share-locations.ts';
import { addSiteLocations } from '../locations/site-locations.ts';
import { addStationLocation } from '../locations/station-location.ts';
import { addWellKnownLocations } from '../locations/well-known-locations.ts';
import { publicOriginOf, type EdgeSettings } from '../settings/edge-settings.ts';
import { addListens, addQuicListens } from './listen-directives.ts';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Adds one server for each kind of name that a request may have. */
export function addServers(http: ConfBlock, settings: EdgeSettings): void {
  http.block('server', '', (server) => addDefaultServer(server, settings), 'Requests for any other name.');
  http.block('server', '', (server) => addLocalServer(server, settings), 'Names of the local network.');
  const name = settings.domainName;
  if (name === undefined) return;
  http.block('server', '', (server) => addPublicServer(server, name, settings), 'The public name over HTTPS.');
  http.block('server', '', (server) => addRedirectServer(server, name, settings), 'The public name over HTTP.');
}

/**
 * Adds the server that closes connections. Without a domain it answers TLS handshakes for any name, because a browser on
 * https://127.0.0.1 sends none; the request itself must then have a name of ours. With a domain, a handshake for another
 * name is rejected, so that it does not reveal the certificate.
 */
function addDefaultServer(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, ['http', 'https'], 'default_server');
  addQuicListens(server, settings, 'quic reuseport default_server');
  server.directive('server_name', '_');
  if (settings.domainName !== undefined) server.directive('ssl_reject_handshake', 'on');
  server.directive('return', '444');
}

function addLocalServer(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, ['http', 'https']);
  const names = settings.homeNames.map((name) => (name.includes(':') ? `[${name}]` : name));
  server.directive('server_name', [...new Set([...LOCAL_NAMES, ...names])].join(' '));
  addSite(server, settings);
}

function addPublicServer(server: ConfBlock, name: string, settings: EdgeSettings): void {
  addListens(server, settings, ['https']);
  addQuicListens(server, settings, 'quic');
  server.directive('server_name', name);
  if (settings.certificateFile !== undefined) {
    server.directive('ssl_certificate', `"${settings.certificateFile}"`);
    server.directive('ssl_certificate_key', `"${settings.certificateFile}"`);
  }
  addWellKnownLocations(server, settings);
  addSite(server, settings);
}

/** Redirects to HTTPS; permanently only with a trusted certificate, because browsers keep a permanent redirect for ever. */
function addRedirectServer(server: ConfBlock, name: string, settings: EdgeSettings): void {
  addListens(server, settings, ['http']);
  server.directive('server_name', name);
  addRequestChecks(server, settings);
  addPlainErrors(server);
  addWellKnownLocations(server, settings);
  server.block('location', '/', (location) => {
    allowReadMethods(location);
    const status = settings.certificateFile === undefined ? 307 : 308;
    location.directive('return', `${status} ${publicOriginOf(settings).origin}$request_uri`);
  });
}

function addSite(server: ConfBlock, settings: EdgeSettings): void {
  addRequestChecks(server, settings);
  server.block(
    'if',
    `($request_uri !~ "^/(?:\\.well-known/)?(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)?(?:\\?|$)")`,
    (block) => block.directive('return', '404'),
    'No path of the site has escapes, empty segments, or segments that begin with a dot.',
  );
  addPlainErrors(server);
  addAccessLocation(server);
  addApiLocations(server, settings);
  addMediaLocations(server, settings);
  addStationLocation(server, settings);
  addShareLocations(server, settings);
  addSiteLocations(server, settings);
}

/** Adds the root and the checks of every request. The access check runs each `set` again, with the same result. */
function addRequestChecks(server: ConfBlock, settings: EdgeSettings): void {
  server.directive('root', `"${settings.siteDirectory}"`);
  server.directive('set', '$hosts "$host $http_host"');
  server.block(
    'if',
    '($request_uri ~ "^(?<logged_path>[^?]*)")',
    () => undefined,
    'The path as the client sent it, without the query.',
  );
  server.block(
    'if',
    String.raw`($hosts !~* "^(\S+) (?:\1(?::\d+)?)?$")`,
    (block) => block.directive('return', '400'),
    'The request line and Host must name the same host. $http_host is empty over HTTP/3.',
  );
}

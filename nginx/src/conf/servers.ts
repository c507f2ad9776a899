import { addAccessLocation } from '../locations/access-location.ts';
import { addApiLocations } from '../locations/api-locations.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { publicOriginOf, type EdgeSettings } from '../settings/edge-settings.ts';
import { addPlainErrors } from '../locations/error-locations.ts';
import { addMediaLocations } from '../locations/media-locations.ts';
import { allowReading } from '../directives/read-methods.ts';
import { addShareLocations } from '../locations/share-locations.ts';
import { addSiteLocations } from '../locations/site-locations.ts';
import { addStationLocation } from '../locations/station-location.ts';
import { addWellKnownLocations } from '../locations/well-known-locations.ts';

type Door = 'http' | 'https';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Who answers to which name. */
export function addServers(http: ConfBlock, settings: EdgeSettings): void {
  http.block('server', '', (server) => addCatchAll(server, settings), 'Whoever asks for a name that is not ours.');
  http.block('server', '', (server) => addHome(server, settings), 'At home, where nobody vouches for a name.');
  const name = settings.domainName;
  if (name === undefined) return;
  http.block('server', '', (server) => addPublicSite(server, name, settings), 'The public name.');
  http.block('server', '', (server) => addWayToHttps(server, name, settings), 'The public name without encryption.');
}

/**
 * On localhost the TLS handshake is answered whatever name is asked for, because a browser on https://127.0.0.1 sends
 * none; the request itself must then carry a name of ours. With a domain, strangers do not get to see the certificate.
 */
function addCatchAll(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, ['http', 'https'], 'default_server');
  addQuicListens(server, settings, 'quic reuseport default_server');
  server.directive('server_name', '_');
  if (settings.domainName !== undefined) server.directive('ssl_reject_handshake', 'on');
  server.directive('return', '444');
}

function addHome(server: ConfBlock, settings: EdgeSettings): void {
  addListens(server, settings, ['http', 'https']);
  const names = settings.homeNames.map((name) => (name.includes(':') ? `[${name}]` : name));
  server.directive('server_name', [...new Set([...LOCAL_NAMES, ...names])].join(' '));
  addSite(server, settings);
}

function addPublicSite(server: ConfBlock, name: string, settings: EdgeSettings): void {
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

/** Permanent only when the certificate is real: a browser remembers it for ever. */
function addWayToHttps(server: ConfBlock, name: string, settings: EdgeSettings): void {
  addListens(server, settings, ['http']);
  server.directive('server_name', name);
  addRequestBasics(server, settings);
  addPlainErrors(server);
  addWellKnownLocations(server, settings);
  server.block('location', '/', (location) => {
    allowReading(location);
    const status = settings.certificateFile === undefined ? 307 : 308;
    location.directive('return', `${status} ${publicOriginOf(settings).origin}$request_uri`);
  });
}

function addSite(server: ConfBlock, settings: EdgeSettings): void {
  addRequestBasics(server, settings);
  server.block(
    'if',
    `($request_uri !~ "^/(?:\\.well-known/)?(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)?(?:\\?|$)")`,
    (block) => block.directive('return', '404'),
    'Every path of ours is plain. What is escaped, doubled, or begins with a dot is an attempt at something else.',
  );
  addPlainErrors(server);
  addAccessLocation(server);
  addApiLocations(server, settings);
  addMediaLocations(server, settings);
  addStationLocation(server, settings);
  addShareLocations(server, settings);
  addSiteLocations(server, settings);
}

/** What is set here is set anew for the question about access, so it must come out the same then. */
function addRequestBasics(server: ConfBlock, settings: EdgeSettings): void {
  server.directive('root', `"${settings.siteDirectory}"`);
  server.directive('set', '$hosts "$host $http_host"');
  server.block(
    'if',
    '($request_uri ~ "^(?<logged_path>[^?]*)")',
    () => undefined,
    'The path as it came in, without the query.',
  );
  server.block(
    'if',
    String.raw`($hosts !~* "^(\S+) (?:\1(?::\d+)?)?$")`,
    (block) => block.directive('return', '400'),
    'A request line may name another host than Host does. (HTTP/3 has none here.)',
  );
}

function addListens(server: ConfBlock, settings: EdgeSettings, doors: readonly Door[], word = ''): void {
  const words = { http: [], https: settings.features.http2Directive ? ['ssl'] : ['ssl', 'http2'] };
  const ports = { http: settings.httpPort, https: settings.httpsPort };
  for (const host of hostsOf(settings)) {
    for (const door of doors) {
      server.directive('listen', [`${host}:${ports[door]}`, ...words[door], word].join(' ').trim());
    }
  }
}

/** HTTP/3, for the public name alone: nothing else announces it. */
function addQuicListens(server: ConfBlock, settings: EdgeSettings, words: string): void {
  if (!settings.features.http3 || settings.domainName === undefined) return;
  for (const host of hostsOf(settings)) server.directive('listen', `${host}:${settings.httpsPort} ${words}`);
}

function hostsOf({ listenAddresses }: EdgeSettings): string[] {
  return listenAddresses.map((address) => (address.includes(':') ? `[${address}]` : address));
}

import type { ConfBlock } from './conf-block.ts';
import { quote } from './conf-block.ts';
import { publicOriginOf, type EdgeSettings } from '../settings/edge-settings.ts';
import { securityHeaders } from './security-headers.ts';

const ADD_HEADER_COMMENT = `All add_header directives are here: one in a location would drop all of these there.
Locations set $cache_control, $allow and $retry_after instead; an empty value sends no header.`;

/** Adds the headers of every response, nginx's own errors included. */
export function addResponseHeaders(http: ConfBlock, settings: EdgeSettings): void {
  http.directive('server_tokens', 'off');
  for (const [index, [name, value]] of Object.entries(securityHeaders).entries()) {
    http.directive('add_header', `${name} ${quote(value)} always`, index === 0 ? ADD_HEADER_COMMENT : undefined);
    http.directive('proxy_hide_header', name);
  }
  addCacheControl(http);
  addValidators(http);
  http.directive('add_header', 'Allow $allow always');
  http.directive('add_header', 'Retry-After $retry_after always');
  http.directive('uninitialized_variable_warn', 'off');
  if (settings.domainName !== undefined && settings.certificateFile !== undefined) addPublicHeaders(http, settings);
}

/** Adds Cache-Control, by default `no-store`. A `set` in a server cannot be the default: the access check would run it again. */
function addCacheControl(http: ConfBlock): void {
  http.block('map', '$cache_control $sent_cache_control', (map) => {
    map.directive('volatile');
    map.directive('default', '$cache_control');
    map.directive('""', 'no-store');
    map.directive('upstream', '""');
    map.directive('access-decision', '$decision_lifetime');
  });
  http.directive('add_header', 'Cache-Control $sent_cache_control always');
}

/**
 * Adds ETag and Last-Modified to responses that may be stored, and to no others. A player that has a validator of a growing
 * track requests the next range with If-Range, and gets the whole file once the track has grown.
 */
function addValidators(http: ConfBlock): void {
  for (const name of ['ETag', 'Last-Modified']) {
    const variable = name.toLowerCase().replace('-', '_');
    http.block('map', `$cache_control $response_${variable}`, (map) => {
      map.directive('volatile');
      map.directive('default', `$sent_http_${variable}`);
      for (const value of ['""', 'no-store']) map.directive(value, '""');
    });
    http.directive('add_header', `${name} $response_${variable} always`);
  }
}

/**
 * Adds HSTS and Alt-Svc at the public name over HTTPS, only with a certificate that browsers trust: with HSTS a browser lets
 * nobody pass its warning. Neither includeSubDomains nor preload: the parent domain may belong to somebody else.
 */
function addPublicHeaders(http: ConfBlock, settings: EdgeSettings): void {
  const condition = `"on ${settings.domainName ?? ''}"`;
  addHeaderIf(http, 'Strict-Transport-Security', condition, 'max-age=63072000');
  if (!settings.features.http3) return;
  const port = publicOriginOf(settings).port || '443';
  addHeaderIf(http, 'Alt-Svc', condition, `h3=":${port}"; ma=86400`);
}

function addHeaderIf(http: ConfBlock, name: string, condition: string, value: string): void {
  const variable = `$${name.toLowerCase().replaceAll('-', '_')}`;
  http.block('map', `"$https $server_name" ${variable}`, (map) => {
    map.directive('default', '""');
    map.directive(condition, quote(value));
  });
  http.directive('add_header', `${name} ${variable} always`);
}

import type { ConfBlock } from './conf-block.ts';
import { quote } from './conf-block.ts';
import { publicOriginOf, type EdgeSettings } from '../settings/edge-settings.ts';
import { securityHeaders } from './security-headers.ts';

const WHY_HERE = `The only add_header of this file: one in a location would drop all of these there.
Locations set $cache_control, $allow and $retry_after instead; an empty value sends no header.`;

/** Headers of every answer, those of nginx's own errors included. */
export function addHeaders(http: ConfBlock, settings: EdgeSettings): void {
  http.directive('server_tokens', 'off');
  for (const [index, [name, value]] of Object.entries(securityHeaders).entries()) {
    http.directive('add_header', `${name} ${quote(value)} always`, index === 0 ? WHY_HERE : undefined);
    http.directive('proxy_hide_header', name);
  }
  addCacheRule(http);
  addValidatorRule(http);
  http.directive('add_header', 'Allow $allow always');
  http.directive('add_header', 'Retry-After $retry_after always');
  http.directive('uninitialized_variable_warn', 'off');
  if (settings.domainName !== undefined && settings.certificateFile !== undefined) addPublicHeaders(http, settings);
}

/** What says nothing about it is not kept. Not by `set` in a server: asking for access would set it anew. */
function addCacheRule(http: ConfBlock): void {
  http.block('map', '$cache_control $sent_cache_control', (map) => {
    map.directive('volatile');
    map.directive('default', '$cache_control');
    map.directive('""', 'no-store');
    map.directive('upstream', '""');
    map.directive('verdict', '$verdict_lifetime');
  });
  http.directive('add_header', 'Cache-Control $sent_cache_control always');
}

/**
 * Drops the validators of what may not be stored. A cache has no use for them, and a player that has none cannot request
 * the next range of a growing track with If-Range, which is answered with the whole file once the track has grown.
 */
function addValidatorRule(http: ConfBlock): void {
  for (const name of ['ETag', 'Last-Modified']) {
    const variable = name.toLowerCase().replace('-', '_');
    http.block('map', `$cache_control $kept_${variable}`, (map) => {
      map.directive('volatile');
      map.directive('default', `$sent_http_${variable}`);
      for (const notStored of ['""', 'no-store']) map.directive(notStored, '""');
    });
    http.directive('add_header', `${name} $kept_${variable} always`);
  }
}

/**
 * Only at the public name, over HTTPS, with a certificate that browsers trust: HSTS takes away the way past a warning.
 * Neither includeSubDomains nor preload: the domain above may be somebody else's.
 */
function addPublicHeaders(http: ConfBlock, settings: EdgeSettings): void {
  const where = `"on ${settings.domainName ?? ''}"`;
  addHeaderWhere(http, 'Strict-Transport-Security', where, 'max-age=63072000');
  if (!settings.features.http3) return;
  const port = publicOriginOf(settings).port || '443';
  addHeaderWhere(http, 'Alt-Svc', where, `h3=":${port}"; ma=86400`);
}

function addHeaderWhere(http: ConfBlock, name: string, where: string, value: string): void {
  const variable = `$${name.toLowerCase().replaceAll('-', '_')}`;
  http.block('map', `"$https $server_name" ${variable}`, (map) => {
    map.directive('default', '""');
    map.directive(where, quote(value));
  });
  http.directive('add_header', `${name} ${variable} always`);
}

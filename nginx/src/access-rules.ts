import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';

/**
 * Who may call what, as variables that locations use:
 *
 * - `$is_reading`: the method is GET or HEAD.
 * - `$api_authorization`: what yt-app gets as Authorization. On localhost always our token. With a domain, our token for
 *   reading, and for everything else only what the caller brought.
 * - `$is_foreign`: another site's page made this request, and not by a link that a person followed. Never so with a
 *   domain, where watching is open to everyone.
 * - `$is_foreign_call`, `$claimed_origin` (localhost only): the same for the API, where links do not count either.
 */
export function addAccessRules(http: ConfBlock, settings: EdgeSettings): void {
  addMap(http, '$request_method $is_reading', { default: '0', GET: '1', HEAD: '1' });
  if (settings.domainName === undefined) addLocalRules(http, settings);
  else addPublicRules(http, settings);
}

function addLocalRules(http: ConfBlock, { apiToken }: EdgeSettings): void {
  addMap(http, '$host $api_authorization', { default: `"Bearer ${apiToken}"` });
  addMap(http, '$http_sec_fetch_site $is_foreign_call', { default: '1', '""': '0', 'same-origin': '0', none: '0' });
  addMap(http, '$http_sec_fetch_mode $is_foreign', { default: '$is_foreign_call', navigate: '0' });
  addMap(http, '$http_origin $claimed_origin', { default: '$http_origin', '""': '"$scheme://$http_host"' });
}

function addPublicRules(http: ConfBlock, { apiToken }: EdgeSettings): void {
  addMap(http, '$http_sec_fetch_mode $is_foreign', { default: '0' });
  const token = `"Bearer ${apiToken}"`;
  addMap(http, '$request_method $reader_authorization', { default: '""', GET: token, HEAD: token });
  addMap(http, '$http_authorization $api_authorization', {
    default: '$http_authorization',
    '""': '$reader_authorization',
  });
}

function addMap(http: ConfBlock, header: string, entries: Readonly<Record<string, string>>): void {
  http.block('map', header, (map) => {
    for (const [key, value] of Object.entries(entries)) map.directive(key, value);
  });
}

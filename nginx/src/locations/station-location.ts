import { paths } from '@linkcast/contracts';
import { requireSession } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReadMethods } from '../directives/read-methods.ts';

/** Adds the station's stream: one mount of Icecast. Nothing else of Icecast is reachable. */
export function addStationLocation(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', `= ${paths.stream}`, (location) => {
    allowReadMethods(location);
    requireSession(location, settings);
    passToStation(location);
  });
  server.block('location', '@station', (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('set', `$icecast ${settings.icecastUrl}`);
    location.directive(
      'error_page',
      '400 401 403 404 429 500 502 503 504 =503 @station-unavailable',
      'Every error of Icecast becomes: station unavailable.',
    );
    location.directive('proxy_intercept_errors', 'on');
    location.directive('proxy_method', 'GET', 'Icecast does not support HEAD.');
    for (const header of ['Connection', 'Authorization', 'Cookie', 'Range']) {
      location.directive('proxy_set_header', `${header} ""`);
    }
    location.directive('proxy_hide_header', 'Cache-Control');
    location.directive('proxy_buffering', 'off');
    location.directive('proxy_read_timeout', '60s');
    location.directive('proxy_pass', `$icecast${paths.stream}`);
  });
}

/** Passes a request to the station after the access check: no file is called `.station`, so the fallback is used. */
export function passToStation(location: ConfBlock): void {
  location.directive('try_files', '/.station @station');
}

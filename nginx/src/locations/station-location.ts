import { paths } from '@linkcast/contracts';
import { askSession } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReading } from '../directives/read-methods.ts';

/** The station's stream: one mount of Icecast and nothing else of it. */
export function addStationLocation(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', `= ${paths.stream}`, (location) => {
    allowReading(location);
    askSession(location, settings);
    passToStation(location);
  });
  server.block('location', '@station', (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('set', `$icecast ${settings.icecastUrl}`);
    location.directive(
      'error_page',
      '400 401 403 404 429 500 502 503 504 =503 @station-away',
      'Whatever Icecast has against it, the listener hears that the station is away.',
    );
    location.directive('proxy_intercept_errors', 'on');
    location.directive('proxy_method', 'GET', 'Icecast knows no HEAD.');
    for (const header of ['Connection', 'Authorization', 'Cookie', 'Range']) {
      location.directive('proxy_set_header', `${header} ""`);
    }
    location.directive('proxy_hide_header', 'Cache-Control');
    location.directive('proxy_buffering', 'off');
    location.directive('proxy_read_timeout', '60s');
    location.directive('proxy_pass', `$icecast${paths.stream}`);
  });
}

/** Goes on to the station, once access was granted: no file has this name, so the last word counts. */
export function passToStation(location: ConfBlock): void {
  location.directive('try_files', '/.station @station');
}

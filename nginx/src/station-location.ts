import { paths } from '@linkcast/contracts';
import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { allowReading } from './site-locations.ts';

/** The station's stream: one mount of Icecast and nothing else of it. */
export function addStationLocation(server: ConfBlock, { icecastUrl }: EdgeSettings): void {
  server.block('location', `= ${paths.stream}`, (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('set', `$icecast ${icecastUrl}`);
    allowReading(location);
    location.directive(
      'error_page',
      '400 401 404 500 502 503 504 = @plain-503',
      'Whatever Icecast has against it, the listener hears that the station is away.',
    );
    location.directive('error_page', '403 @plain-403');
    location.directive('error_page', '405 @plain-405');
    location.directive('error_page', '429 @plain-429');
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

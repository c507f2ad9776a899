import type { ConfBlock } from '../directives/conf-block.ts';
import { askAccess } from './access-location.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { usePlainErrors } from './error-locations.ts';
import { keepWhatIsReady, PICTURES, PLAYLISTS, TRACKS } from './media-locations.ts';
import { allowReading } from '../directives/read-methods.ts';
import { passToStation } from './station-location.ts';

const TOKEN = '(?<share_token>[A-Za-z0-9_-]{22})';
const SHARED_TRACK = '@shared-track';
/** Whoever holds a bad link learns nothing else: there is no such page. */
const NO_SHARE = { 401: '=404 @not-found' };

/** `/s/<token>/…`: the page of a share, the files of the one item that was shared, or the station. */
export function addShareLocations(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', `~ "^/s/${TOKEN}$"`, (location) => {
    allowReading(location);
    location.directive('return', '308 /s/$share_token/');
  });
  addSharePage(server);
  for (const kind of [PLAYLISTS, TRACKS, PICTURES]) {
    server.block('location', sharedFile(kind.extensions), (location) => {
      location.directive('set', `$cache_control ${kind.cacheControl}`);
      allowReading(location);
      askAccess(location, 'share-item');
      usePlainErrors(location, NO_SHARE);
      if (kind.isGrowing) {
        location.directive('try_files', `/.track ${SHARED_TRACK}`);
        return;
      }
      location.directive('root', `"${settings.mediaDirectory}"`);
      location.directive('try_files', '/$shared_item$shared_file =404');
    });
  }
  addSharedTrack(server, settings);
  server.block('location', `~ "^/s/${TOKEN}/play$"`, (location) => {
    allowReading(location);
    askAccess(location, 'share-station');
    usePlainErrors(location, NO_SHARE);
    passToStation(location);
  });
}

function sharedFile(extensions: string): string {
  return `~ "^/s/${TOKEN}(?<shared_file>/[A-Za-z0-9][A-Za-z0-9_-]*\\.(?:${extensions}))$"`;
}

/** A track, once access was granted: only then the item is known, and whether it is ready. No file is called `.track`. */
function addSharedTrack(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', SHARED_TRACK, (location) => {
    location.directive('set', `$cache_control ${TRACKS.cacheControl}`);
    keepWhatIsReady(location, settings, '$shared_item');
    location.directive('root', `"${settings.mediaDirectory}"`);
    location.directive('rewrite', '^ /$shared_item$shared_file break');
  });
}

/** The page is the same for an item and for the station: what is no share of the one may be one of the other. */
function addSharePage(server: ConfBlock): void {
  server.block('location', `~ "^/s/${TOKEN}/$"`, (location) => {
    location.directive('set', '$cache_control no-cache');
    allowReading(location);
    askAccess(location, 'share-item');
    location.directive('recursive_error_pages', 'on');
    usePlainErrors(location, { 401: '= @share-of-station' });
    location.directive('try_files', '/index.html =404');
  });
  server.block('location', '@share-of-station', (location) => {
    location.directive('set', '$cache_control no-cache');
    askAccess(location, 'share-station');
    usePlainErrors(location, NO_SHARE);
    location.directive('try_files', '/index.html =404');
  });
}

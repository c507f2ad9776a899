import type { ConfBlock } from '../directives/conf-block.ts';
import { idPatterns } from '../directives/id-patterns.ts';
import { requireAccess } from './access-location.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { usePlainErrors } from './error-locations.ts';
import { cacheReadyItems, PICTURES, PLAYLISTS, TRACKS } from './media-locations.ts';
import { allowReadMethods } from '../directives/read-methods.ts';
import { passToStation } from './station-location.ts';

const TOKEN = `(?<share_token>${idPatterns.shareToken})`;
const SHARED_TRACK = '@shared-track';
/** An invalid link answers like a path that does not exist. */
const NO_SHARE = { 401: '=404 @not-found' };

/** Adds `/s/<token>/…`: the page of a share, the files of its item, or the station. */
export function addShareLocations(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', `~ "^/s/${TOKEN}$"`, (location) => {
    allowReadMethods(location);
    location.directive('return', '308 /s/$share_token/');
  });
  addSharePage(server);
  for (const kind of [PLAYLISTS, TRACKS, PICTURES]) {
    server.block('location', sharedFile(kind.extensions), (location) => {
      location.directive('set', `$cache_control ${kind.cacheControl}`);
      allowReadMethods(location);
      requireAccess(location, 'share-item');
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
    allowReadMethods(location);
    requireAccess(location, 'share-station');
    usePlainErrors(location, NO_SHARE);
    passToStation(location);
  });
}

function sharedFile(extensions: string): string {
  return `~ "^/s/${TOKEN}(?<shared_file>/[A-Za-z0-9][A-Za-z0-9_-]*\\.(?:${extensions}))$"`;
}

/** Adds the location of tracks after the access check, which names the item. `try_files` leads here: no file is called `.track`. */
function addSharedTrack(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', SHARED_TRACK, (location) => {
    location.directive('set', `$cache_control ${TRACKS.cacheControl}`);
    cacheReadyItems(location, settings, '$shared_item');
    location.directive('root', `"${settings.mediaDirectory}"`);
    location.directive('rewrite', '^ /$shared_item$shared_file break');
  });
}

/** Adds the page, which is the same for an item and the station: a token is checked as a share of the one, then of the other. */
function addSharePage(server: ConfBlock): void {
  server.block('location', `~ "^/s/${TOKEN}/$"`, (location) => {
    location.directive('set', '$cache_control no-cache');
    allowReadMethods(location);
    requireAccess(location, 'share-item');
    location.directive('recursive_error_pages', 'on');
    usePlainErrors(location, { 401: '= @station-share' });
    location.directive('try_files', '/index.html =404');
  });
  server.block('location', '@station-share', (location) => {
    location.directive('set', '$cache_control no-cache');
    requireAccess(location, 'share-station');
    usePlainErrors(location, NO_SHARE);
    location.directive('try_files', '/index.html =404');
  });
}

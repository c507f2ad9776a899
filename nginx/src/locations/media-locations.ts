import { requireItem } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { idPatterns } from '../directives/id-patterns.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReadMethods } from '../directives/read-methods.ts';

const MEDIA_FILE = String.raw`(?<media_id>${idPatterns.mediaId})/[A-Za-z0-9][A-Za-z0-9_-]*\.`;

interface FileKind {
  /** Alternatives of a regular expression. */
  readonly extensions: string;
  readonly cacheControl: string;
  /** The files grow while the item is downloaded, and never change once it is ready. */
  readonly isGrowing?: true;
  readonly comment?: string;
}

export const PLAYLISTS: FileKind = { extensions: 'm3u8|vtt', cacheControl: 'no-cache' };
export const TRACKS: FileKind = {
  extensions: 'mp4|mp3',
  cacheControl: 'no-store',
  isGrowing: true,
  comment: `Tracks grow while they are downloaded, and a cache must not store part of them: nginx derives the ETag from size
and time, so the next range would be requested with If-Range and an outdated ETag. The response to that is 200
with the whole file, which players take for the range. open_file_cache stays off: it would keep an old size.
An item that is ready has a media.json; its tracks never change again.`,
};
export const PICTURES: FileKind = { extensions: 'jpg', cacheControl: '"private, max-age=3600"' };

/**
 * Adds `/media/<id>/<file>` for an allow-list of names: `.work`, media.json and all other files are not reachable. By `root`
 * and a captured path, not by `alias`, which allows path traversal beside its prefix.
 */
export function addMediaLocations(server: ConfBlock, settings: EdgeSettings): void {
  for (const { extensions, cacheControl, isGrowing, comment } of [PLAYLISTS, TRACKS, PICTURES]) {
    server.block(
      'location',
      `~ "^/media(?<media_file>/${MEDIA_FILE}(?:${extensions}))$"`,
      (location) => {
        location.directive('set', `$cache_control ${cacheControl}`);
        if (isGrowing) cacheReadyItems(location, settings, '$media_id');
        allowReadMethods(location);
        requireItem(location);
        location.directive('root', `"${settings.mediaDirectory}"`);
        location.directive('rewrite', '^ $media_file break');
      },
      comment,
    );
  }
}

/**
 * Lets clients cache the files of an item that is ready. The location must not use `try_files`: an `if` disables it.
 *
 * @param idVariable has the id of the item in the rewrite phase.
 */
export function cacheReadyItems(
  location: ConfBlock,
  { mediaDirectory }: Pick<EdgeSettings, 'mediaDirectory'>,
  idVariable: '$media_id' | '$shared_item',
): void {
  location.block('if', `(-f "${mediaDirectory}/${idVariable}/media.json")`, (block) =>
    block.directive('set', '$cache_control "private, max-age=31536000, immutable"'),
  );
}

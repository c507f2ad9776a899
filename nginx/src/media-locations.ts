import { askSession } from './access-locations.ts';
import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { allowReading } from './reading-rule.ts';

const MEDIA_FILE = String.raw`[a-z2-7]{20}/[A-Za-z0-9][A-Za-z0-9_-]*\.`;

interface FileKind {
  /** Alternatives of a regular expression. */
  readonly extensions: string;
  readonly cacheControl: string;
  readonly comment?: string;
}

export const TRACKS: FileKind = {
  extensions: 'm3u8|mp4|mp3|vtt',
  cacheControl: 'no-cache',
  comment: `Playlists and tracks grow while they are downloaded. no-cache means: keep it, but ask first. nginx
derives the ETag from size and time, so what has grown is fetched anew (If-Range included) and what is
finished costs one 304. A range is answered from the bytes that are there now; our playlists never list
others. open_file_cache stays off: it would remember yesterday's size.`,
};
export const PICTURES: FileKind = { extensions: 'jpg', cacheControl: '"private, max-age=3600"' };

/**
 * `/media/<id>/<file>` by an allow-list of names, so that `.work`, media.json and whatever else lies there cannot be
 * asked for. A `root` and a captured path, never `alias`: there is no prefix to climb out of.
 */
export function addMediaLocations(server: ConfBlock, settings: EdgeSettings): void {
  for (const { extensions, cacheControl, comment } of [TRACKS, PICTURES]) {
    server.block(
      'location',
      `~ "^/media(?<media_file>/${MEDIA_FILE}(?:${extensions}))$"`,
      (location) => {
        location.directive('set', `$cache_control ${cacheControl}`);
        allowReading(location);
        askSession(location, settings);
        location.directive('root', `"${settings.mediaDirectory}"`);
        location.directive('try_files', '$media_file =404');
      },
      comment,
    );
  }
}

import { askSession } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReading } from '../directives/read-methods.ts';

const MEDIA_FILE = String.raw`(?<media_id>[a-z2-7]{20})/[A-Za-z0-9][A-Za-z0-9_-]*\.`;

interface FileKind {
  /** Alternatives of a regular expression. */
  readonly extensions: string;
  readonly cacheControl: string;
  /** While it is downloaded; once the item is ready it never changes again. */
  readonly isGrowing?: true;
  readonly comment?: string;
}

export const PLAYLISTS: FileKind = { extensions: 'm3u8|vtt', cacheControl: 'no-cache' };
export const TRACKS: FileKind = {
  extensions: 'mp4|mp3',
  cacheControl: 'no-store',
  isGrowing: true,
  comment: `Tracks grow while they are downloaded, and no cache may store part of them: nginx derives the ETag from size
and time, so the next range would be requested with If-Range and an ETag of the past. The answer to that is 200
with the whole file, which players take for the range. open_file_cache stays off: it would keep an old size.
An item that is ready has a media.json; its tracks never change again.`,
};
export const PICTURES: FileKind = { extensions: 'jpg', cacheControl: '"private, max-age=3600"' };

/**
 * `/media/<id>/<file>` by an allow-list of names, so that `.work`, media.json and whatever else lies there cannot be
 * asked for. A `root` and a captured path, never `alias`: there is no prefix to climb out of.
 */
export function addMediaLocations(server: ConfBlock, settings: EdgeSettings): void {
  for (const { extensions, cacheControl, isGrowing, comment } of [PLAYLISTS, TRACKS, PICTURES]) {
    server.block(
      'location',
      `~ "^/media(?<media_file>/${MEDIA_FILE}(?:${extensions}))$"`,
      (location) => {
        location.directive('set', `$cache_control ${cacheControl}`);
        if (isGrowing) keepWhatIsReady(location, settings, '$media_id');
        allowReading(location);
        askSession(location, settings);
        location.directive('root', `"${settings.mediaDirectory}"`);
        location.directive('rewrite', '^ $media_file break');
      },
      comment,
    );
  }
}

/**
 * Lets clients store the files of an item that is ready. An `if` with `set` alone keeps everything of its location but
 * `try_files`, which is why paths are rewritten there.
 *
 * @param idVariable holds the id of the item in the rewrite phase.
 */
export function keepWhatIsReady(
  location: ConfBlock,
  { mediaDirectory }: Pick<EdgeSettings, 'mediaDirectory'>,
  idVariable: '$media_id' | '$shared_item',
): void {
  location.block('if', `(-f "${mediaDirectory}/${idVariable}/media.json")`, (block) =>
    block.directive('set', '$cache_control "private, max-age=31536000, immutable"'),
  );
}

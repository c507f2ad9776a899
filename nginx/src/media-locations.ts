import { askSession } from './access-locations.ts';
import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { allowReading } from './reading-rule.ts';

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
  cacheControl: 'no-cache',
  isGrowing: true,
  comment: `Tracks grow while they are downloaded. no-cache means: keep it, but ask first. nginx derives the ETag from
size and time, so what has grown is fetched anew (If-Range included). A range is answered from the bytes
that are there now; our playlists never list others. open_file_cache stays off: it would remember
yesterday's size. An item that is ready has a media.json; its segments are kept without asking again.`,
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
        if (isGrowing) keepWhatIsReady(location, settings);
        allowReading(location);
        askSession(location, settings);
        location.directive('root', `"${settings.mediaDirectory}"`);
        location.directive('rewrite', '^ $media_file break');
      },
      comment,
    );
  }
}

/** An `if` with `set` alone keeps everything of its location but `try_files`, which is why the path is rewritten there. */
function keepWhatIsReady(location: ConfBlock, { mediaDirectory }: EdgeSettings): void {
  location.block('if', `(-f "${mediaDirectory}/$media_id/media.json")`, (block) =>
    block.directive('set', '$cache_control "private, max-age=31536000, immutable"'),
  );
}

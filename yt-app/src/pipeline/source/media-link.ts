import { z } from 'zod';

/** The ends of paths that are media files or manifests, whatever the site. */
const MEDIA_PATH = /\.(?:mp4|m4v|mov|webm|mkv|mp3|m4a|aac|ogg|oga|opus|flac|wav|m3u8|mpd)$/i;

/** Reports whether a link names a media file or a manifest by the end of its path. A web page may have such a name, too. */
export function isMediaLink(url: string): boolean {
  return MEDIA_PATH.test(URL.parse(url)?.pathname ?? '');
}

const Url = z.string().nullish();
const PlainMedia = z.object({
  extractor_key: z.literal('Generic'),
  direct: z.literal(true).nullish().catch(null),
  webpage_url: z.string(),
  formats: z.array(z.object({ url: Url, manifest_url: Url })).min(1),
});

/**
 * Reports whether yt-dlp's generic extractor found the media at the link itself (a file, or a manifest), and not a web page with
 * media in it, which the extractor of its site may understand better.
 *
 * @param output of `yt-dlp -J`, which may have any form.
 */
export function isPlainMedia(output: string): boolean {
  try {
    const { direct, webpage_url: link, formats } = PlainMedia.parse(JSON.parse(output));
    return direct === true || formats.every(({ url, manifest_url: manifest }) => url === link || manifest === link);
  } catch {
    return false; // all extractors are asked
  }
}

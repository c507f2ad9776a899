import { z } from 'zod';

/** The name of a document's file, in the working directory of its track. */
export const DOCUMENT_FILE = 'info.json';
/** The id of the only format of each document, and the constant that `-f` selects. */
export const DOCUMENT_FORMAT_ID = 'track';

/**
 * The protocols that yt-dlp downloads by itself, by the name that the site's extractor uses. `m3u8` would be given to
 * ffmpeg; the native downloader reads the same playlists.
 */
const PROTOCOLS: Readonly<Record<string, string>> = {
  http: 'http',
  https: 'https',
  m3u8: 'm3u8_native',
  m3u8_native: 'm3u8_native',
  http_dash_segments: 'http_dash_segments',
};

const MAX_URL_CHARACTERS = 16_384;
/** More segments than a day of two seconds each. */
const MAX_FRAGMENTS = 50_000;

const WebUrl = z.string().max(MAX_URL_CHARACTERS).refine(isWebUrl);
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);
const Text = optional(z.string().max(MAX_URL_CHARACTERS));

/** A segment is a URL of its own, or a path that is resolved against `fragment_base_url`. */
const Fragment = z
  .object({ url: optional(WebUrl), path: Text, duration: optional(z.number()), filesize: optional(z.number()) })
  .refine(({ url, path }) => url !== undefined || path !== undefined);

const DownloadableFormat = z
  .object({
    url: WebUrl,
    protocol: z.string().refine((name) => Object.hasOwn(PROTOCOLS, name)),
    ext: Text,
    vcodec: Text,
    acodec: Text,
    container: Text,
    filesize: optional(z.number()),
    fragments: optional(z.array(Fragment).max(MAX_FRAGMENTS)),
    fragment_base_url: optional(WebUrl),
    http_headers: optional(z.record(z.string(), z.string())),
    /** In the notation of Set-Cookie, each with its domain. */
    cookies: Text,
    /** How large the ranges are in which a server gives a file at full speed. */
    downloader_options: optional(z.object({ http_chunk_size: z.number().int().positive() })),
    /** Queries that a site wants at each segment and key. */
    extra_param_to_segment_url: Text,
    extra_param_to_key_url: Text,
    hls_aes: optional(z.object({ uri: optional(WebUrl), key: Text, iv: Text })),
    /** The part between two discontinuities that is this format. */
    format_index: optional(z.number().int().nonnegative()),
  })
  .refine(resolvesToWebUrls);

/**
 * Writes the info document from which yt-dlp downloads one format (`--load-info-json`). What a site says of its formats
 * can name a format after a selector (`mergeall`), give it a scheme that ffmpeg would open, or make yt-dlp resolve the page
 * again. So the document is ours: one format, our own id, http and https only, and no field that is not listed here.
 *
 * @param format as `yt-dlp -J` gave it: anything.
 * @returns JSON; undefined when the format cannot be downloaded from web addresses by yt-dlp itself.
 */
export function writeDownloadDocument(format: unknown): string | undefined {
  const parsed = DownloadableFormat.safeParse(format);
  if (!parsed.success) return undefined;
  const { protocol, http_headers: headers, ...fields } = parsed.data;
  const only = {
    ...fields,
    format_id: DOCUMENT_FORMAT_ID,
    protocol: PROTOCOLS[protocol],
    ext: fields.ext ?? 'mp4',
    http_headers: plainHeaders(headers ?? {}),
  };
  const names = { id: 'source', title: 'source', extractor: 'linkcast', extractor_key: 'Linkcast' };
  return JSON.stringify({ ...names, formats: [only] });
}

/** The text stays as it is, because a signature may be over its exact characters. */
function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text);
}

function resolvesToWebUrls(format: {
  fragments: readonly { url: string | undefined; path: string | undefined }[] | undefined;
  fragment_base_url: string | undefined;
}): boolean {
  const { fragments = [], fragment_base_url: base } = format;
  return fragments.every(({ url, path }) => {
    if (url !== undefined) return true;
    const resolved = base === undefined ? null : URL.parse(path ?? '', base);
    return resolved !== null && isWebUrl(resolved.href);
  });
}

/** yt-dlp obeys some headers itself: `Ytdl-Request-Proxy` would replace the egress proxy. */
const INSTRUCTIONS = /^(?:ytdl|youtubedl|proxy)-/i;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isPlain = ([name, value]: [string, string]): boolean =>
    HEADER_NAME.test(name) && !INSTRUCTIONS.test(name) && !/[\p{Cc}]/u.test(value);
  return Object.fromEntries(Object.entries(headers).filter(isPlain));
}

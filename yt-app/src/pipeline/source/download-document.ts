import { z } from 'zod';

/** Id of the only format in each document; `-f` selects it. */
export const DOCUMENT_FORMAT_ID = 'track';

/**
 * The protocols for which yt-dlp has a downloader of its own, by the name that extractors use. yt-dlp would give `m3u8`
 * to ffmpeg; the native downloader reads the same playlists.
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

/** A fragment has a URL, or a path that is resolved against `fragment_base_url`. */
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
    /** Size of the ranges that a server sends at full speed. */
    downloader_options: optional(z.object({ http_chunk_size: z.number().int().positive() })),
    /** Query strings that a site expects at the URL of each segment and key. */
    extra_param_to_segment_url: Text,
    extra_param_to_key_url: Text,
    hls_aes: optional(z.object({ uri: optional(WebUrl), key: Text, iv: Text })),
    /** Number of the part between two discontinuities that this format consists of. */
    format_index: optional(z.number().int().nonnegative()),
  })
  .refine(resolvesToWebUrls);

/**
 * Writes the info document from which yt-dlp downloads one format (`--load-info-json -`). A site controls the data of its
 * formats: it can name one after a selector (`mergeall`), give it a scheme that ffmpeg would open, or make yt-dlp resolve
 * the page again. So the document contains one format with our own id, http and https URLs only, and only the fields
 * listed here.
 *
 * @param format as `yt-dlp -J` printed it; it may have any form.
 * @returns JSON; undefined when yt-dlp cannot download the format over http or https without another program.
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

/** Checks a URL without normalising it, because its signature may cover the exact characters. */
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

/** Headers that change what yt-dlp does: `Ytdl-Request-Proxy` would replace the egress proxy. */
const INSTRUCTION_HEADER = /^(?:ytdl|youtubedl|proxy)-/i;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isPlain = ([name, value]: [string, string]): boolean =>
    HEADER_NAME.test(name) && !INSTRUCTION_HEADER.test(name) && !/[\p{Cc}]/u.test(value);
  return Object.fromEntries(Object.entries(headers).filter(isPlain));
}

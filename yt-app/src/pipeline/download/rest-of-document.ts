import { z } from 'zod';
import type { FetchBytes } from '../run/job-egress.ts';
import type { Rest } from '../tracks/kept-source.ts';
import { skipFragments } from './rest-of-playlist.ts';

export interface RestOptions {
  readonly fetchBytes: FetchBytes;
  readonly signal: AbortSignal;
}

const Format = z.looseObject({
  url: z.string(),
  protocol: z.string(),
  http_headers: z.record(z.string(), z.string()),
  cookies: z.string().optional(),
  fragments: z.array(z.unknown()).optional(),
  format_index: z.number().optional(),
});
type Format = z.infer<typeof Format>;
const Document = z.looseObject({ formats: z.tuple([Format]) });

/** A day of segments with long signed URLs. */
const MAX_PLAYLIST_BYTES = 20e6;
const FETCH_MS = 20_000;

/**
 * Changes a download document so that yt-dlp downloads the rest only.
 *
 * @returns undefined when the source cannot be continued: its list has changed, cannot be read, or has rules of its own.
 */
export async function restOfDocument(document: string, rest: Rest, options: RestOptions): Promise<string | undefined> {
  const { formats, ...names } = Document.parse(JSON.parse(document));
  const [format] = formats;
  const continued =
    rest.kind === 'byte' ? fromByte(format, rest.from) : await afterFragments(format, rest.skip, options);
  return continued && JSON.stringify({ ...names, formats: [continued] });
}

/**
 * yt-dlp adds its own place to that of the header when it connects again. It does not do so between the parts in which some servers
 * want to be asked, so the rest is asked for at once.
 */
function fromByte(format: Format, from: number): Format {
  const others = Object.entries(format.http_headers).filter(([name]) => name.toLowerCase() !== 'range');
  const continued = { ...Object.fromEntries(others), Range: `bytes=${from}-` };
  return { ...format, downloader_options: undefined, http_headers: continued };
}

async function afterFragments(format: Format, skip: number, options: RestOptions): Promise<Format | undefined> {
  const { fragments } = format;
  if (fragments) return skip < fragments.length ? { ...format, fragments: fragments.slice(skip) } : undefined;
  return afterSegments(format, skip, options);
}

/** yt-dlp reads the playlist of a format from the document when it is there (`hls_media_playlist_data`). */
async function afterSegments(format: Format, skip: number, { fetchBytes, signal }: RestOptions) {
  // yt-dlp chooses cookies by their domains and paths; a part between discontinuities has a count of its own.
  if (format.cookies !== undefined || format.format_index !== undefined) return undefined;
  const limits = { maxBytes: MAX_PLAYLIST_BYTES, timeoutMs: FETCH_MS, signal };
  const answer = await fetchBytes(format.url, { headers: format.http_headers, ...limits }).catch(() => undefined);
  signal.throwIfAborted();
  if (answer?.status !== 200 || !answer.isWhole) return undefined;
  const playlist = skipFragments(answer.body.toString(), skip);
  return playlist === undefined ? undefined : { ...format, url: answer.finalUrl, hls_media_playlist_data: playlist };
}

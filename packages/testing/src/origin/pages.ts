export interface WatchPage {
  readonly title: string;
  /** Path or URL of the media. */
  readonly media: string;
  /** Path or URL of a picture. */
  readonly thumbnail?: string;
  readonly uploader?: string;
  readonly durationSeconds?: number;
}

/**
 * A web page with one video, as yt-dlp's generic extractor understands it best: described by JSON-LD. A `<video>` tag
 * would be found too, but then the title gets a number and the duration stays unknown.
 *
 * @param origin what paths are relative to, such as `http://127.0.0.1:8000`.
 */
export function watchPage(page: WatchPage, origin: string): string {
  const { title, uploader, durationSeconds } = page;
  const description = {
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: title,
    contentUrl: new URL(page.media, origin).href,
    ...(page.thumbnail === undefined ? {} : { thumbnailUrl: new URL(page.thumbnail, origin).href }),
    ...(uploader === undefined ? {} : { author: { '@type': 'Person', name: uploader } }),
    ...(durationSeconds === undefined ? {} : { duration: `PT${durationSeconds}S` }),
    ...encodingFormat(page.media),
  };
  return `<!doctype html>
<html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta property="og:title" content="${escapeHtml(title)}">
<script type="application/ld+json">${JSON.stringify(description).replaceAll('<', '\\u003c')}</script>
</head><body><h1>${escapeHtml(title)}</h1></body></html>
`;
}

/** A finished HLS playlist of these segments, wherever they are: on another origin, for example. */
export function hlsPlaylist(segments: readonly string[], seconds = 2): string {
  const lines = segments.map((segment) => `#EXTINF:${seconds.toFixed(3)},\n${segment}`);
  return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${Math.ceil(seconds)}\n${lines.join('\n')}\n#EXT-X-ENDLIST\n`;
}

/** A live HLS playlist: a window over endless segments that moves on by one every `seconds`. */
export function livePlaylist(segments: readonly string[], elapsedSeconds: number, seconds = 2): string {
  const first = Math.floor(elapsedSeconds / seconds);
  const lines = Array.from({ length: 5 }, (_, index) => segments[(first + index) % segments.length] ?? '').map(
    (segment) => `#EXTINF:${seconds.toFixed(3)},\n${segment}`,
  );
  return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${Math.ceil(seconds)}\n#EXT-X-MEDIA-SEQUENCE:${first}\n${lines.join('\n')}\n`;
}

/** A DASH manifest of one video whose segments are below `baseUrl`, which may be another origin. */
export function dashManifest(baseUrl: string): string {
  return `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S" minBufferTime="PT2S" profiles="urn:mpeg:dash:profile:isoff-live:2011">
<BaseURL>${escapeHtml(baseUrl)}</BaseURL><Period><AdaptationSet contentType="video" mimeType="video/mp4">
<SegmentTemplate timescale="1" duration="2" startNumber="1" initialization="init-$RepresentationID$.m4s" media="chunk-$RepresentationID$-$Number$.m4s"/>
<Representation id="0" codecs="avc1.64001e" bandwidth="500000" width="640" height="360"/>
</AdaptationSet></Period></MPD>
`;
}

/** Sent with plain files only: yt-dlp then takes the URL for the file itself, and searches no manifest. */
function encodingFormat(media: string): { encodingFormat?: string } {
  const types: Record<string, string> = { mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', m4a: 'audio/mp4' };
  const type = types[/\.(\w+)(?:[?#]|$)/.exec(media)?.[1] ?? ''];
  return type === undefined ? {} : { encodingFormat: type };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

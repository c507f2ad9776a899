import type { Media } from '@linkcast/contracts';

/** The playback methods this browser supports. */
export interface PlaybackSupport {
  /** Media Source Extensions, as hls.js requires them. */
  readonly mse: boolean;
  /** The element plays HLS playlists. Chromium answers "maybe" but cannot: this counts only without `mse`. */
  readonly nativeHls: boolean;
}

export type PlaybackSource =
  { readonly engine: 'hls.js' | 'native'; readonly url: string } | { readonly engine: 'none' };

/** Returns the path of the finished MP3, which a plain element plays without hls.js; undefined when there is none. */
export function plainFileOf(item: Media): string | undefined {
  return item.type === 'audio' && item.state === 'ready' ? (item.links.file ?? undefined) : undefined;
}

/** Chooses the source of an item: the finished MP3, HLS through hls.js, HLS by the browser, or an unfinished file. */
export function chooseSource(item: Media, { mse, nativeHls }: PlaybackSupport): PlaybackSource {
  const file = plainFileOf(item);
  if (file !== undefined) return { engine: 'native', url: file };
  const { hls } = item.links;
  if (hls !== null && mse) return { engine: 'hls.js', url: hls };
  if (hls !== null && nativeHls) return { engine: 'native', url: hls };
  return item.links.file === null ? { engine: 'none' } : { engine: 'native', url: item.links.file };
}

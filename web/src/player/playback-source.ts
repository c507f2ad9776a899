import type { Media } from '@linkcast/contracts';

/** What the browser at hand can do. */
export interface PlaybackSupport {
  /** Media Source Extensions as hls.js needs them. */
  readonly mse: boolean;
  /** The element plays playlists by itself. Chromium says "maybe" and means no: asked only where there is no MSE. */
  readonly nativeHls: boolean;
}

export type PlaybackSource =
  { readonly engine: 'hls.js' | 'native'; readonly url: string } | { readonly engine: 'none' };

/** Could a plain element play this item, so that hls.js need not be loaded at all? */
export function plainFileOf(item: Media): string | undefined {
  return item.type === 'audio' && item.state === 'ready' ? (item.links.file ?? undefined) : undefined;
}

/** How an item is played: the finished MP3 as it is, HLS through hls.js, or HLS by the browser itself. */
export function chooseSource(item: Media, { mse, nativeHls }: PlaybackSupport): PlaybackSource {
  const file = plainFileOf(item);
  if (file !== undefined) return { engine: 'native', url: file };
  const { hls } = item.links;
  if (hls !== null && mse) return { engine: 'hls.js', url: hls };
  if (hls !== null && nativeHls) return { engine: 'native', url: hls };
  return item.links.file === null ? { engine: 'none' } : { engine: 'native', url: item.links.file };
}

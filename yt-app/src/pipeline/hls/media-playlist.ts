import type { FileIndex, Segment } from './segment.ts';

/** `growing` until verification; then `verified`, with an end. */
export type PlaylistState = 'growing' | 'verified';

/** x264 sets a key frame after 250 frames at the latest, which are 10.4 s of a film. */
const MIN_TARGET_SECONDS = 11;
/** Some players reload a growing playlist once in this time only: a longer one makes people wait. */
const MAX_TARGET_SECONDS = 30;

/**
 * `EXT-X-TARGETDURATION` of a playlist that begins with these segments. It must not change while the playlist grows
 * (RFC 8216, 6.2.1): longer segments that follow have to be cut.
 *
 * @param least of a live source: the target duration that it announces.
 */
export function targetSeconds(first: readonly Segment[], least = MIN_TARGET_SECONDS): number {
  const fitting = first.map(({ seconds }) => Math.ceil(seconds)).filter((seconds) => seconds <= MAX_TARGET_SECONDS);
  return fitting.reduce((most, seconds) => Math.max(most, seconds), least);
}

export interface MediaPlaylistOptions {
  /** EVENT while it grows, VOD with ENDLIST once it is verified. */
  readonly state: PlaylistState;
  readonly targetSeconds: number;
  /** True when every segment begins with a key frame. */
  readonly isIndependent: boolean;
  /** True for a live source, which is played from its end. */
  readonly isLive?: boolean;
}

/** The media playlist for players (RFC 8216). */
export function renderMediaPlaylist(
  file: string,
  { map, segments }: FileIndex,
  { state, targetSeconds, isIndependent, isLive = false }: MediaPlaylistOptions,
): string {
  // A segment that cannot be cut, such as a gap in the sound, exceeds the announced target: a true value serves players better.
  const longest = segments.reduce((most, { seconds }) => Math.max(most, Math.ceil(seconds)), targetSeconds);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${state === 'growing' ? 'EVENT' : 'VOD'}`,
    // Without it a player takes a growing playlist for a live one and starts at its end.
    ...(state === 'growing' && !isLive ? ['#EXT-X-START:TIME-OFFSET=0,PRECISE=YES'] : []),
    ...(isIndependent ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    `#EXT-X-MAP:URI="${file}",BYTERANGE="${map.length}@${map.offset}"`,
    ...segments.flatMap(({ seconds, length, offset }) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${length}@${offset}`,
      file,
    ]),
    ...(state === 'verified' ? ['#EXT-X-ENDLIST'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A piece of a rendition's one file. */
export interface ByteRange {
  readonly length: number;
  readonly offset: number;
}

export interface Segment extends ByteRange {
  readonly seconds: number;
}

/** What a byte-range playlist says of its one file. */
export interface FileIndex {
  /** The initialisation section (`EXT-X-MAP`). */
  readonly map: ByteRange;
  readonly segments: readonly Segment[];
}

/**
 * Smallest value for `EXT-X-TARGETDURATION`, which must not change while the playlist grows (RFC 8216, 4.3.3.1): x264 sets
 * a key frame after 250 frames at the latest, which are 10.4 s of a film. What is longer from the start on is known at once.
 */
const LEAST_TARGET_SECONDS = 11;
/** The first segments are listed one by one, so that playback starts early; later ones are joined to this length. */
const SINGLE_SEGMENTS = 3;
const JOINED_SECONDS = 5.5;

/** Reads the playlist that ffmpeg keeps for itself. Undefined until it has a map. An unfinished last line is left out. */
export function parsePlaylist(text: string): FileIndex | undefined {
  const map = parseRange(/^#EXT-X-MAP:.*BYTERANGE="(\d+)@(\d+)"/m.exec(text));
  if (!map) return undefined;
  const entries = text.matchAll(/^#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n[^#\n]+\n/gm);
  const segments = [...entries].map(([, seconds, length, offset]) => ({
    seconds: Number(seconds),
    length: Number(length),
    offset: Number(offset),
  }));
  return { map, segments: segments.filter((segment) => segment.length > 0) };
}

/** Only what is whole on the disk: segments that end within the file. */
export function wholeSegments(index: FileIndex, fileBytes: number): Segment[] {
  const firstBeyond = index.segments.findIndex((segment) => segment.offset + segment.length > fileBytes);
  return firstBeyond === -1 ? [...index.segments] : index.segments.slice(0, firstBeyond);
}

/**
 * Joins short neighbours, so that a long film has a short playlist. What was listed once stays as it was: a joined
 * segment is listed only when it is complete, or when no more can come.
 */
export function joinSegments(segments: readonly Segment[], isComplete: boolean): Segment[] {
  const joined: Segment[] = segments.slice(0, SINGLE_SEGMENTS);
  let open: Segment | undefined;
  for (const segment of segments.slice(SINGLE_SEGMENTS)) {
    open = open
      ? { offset: open.offset, length: open.length + segment.length, seconds: open.seconds + segment.seconds }
      : segment;
    if (open.seconds < JOINED_SECONDS) continue;
    joined.push(open);
    open = undefined;
  }
  if (open && isComplete) joined.push(open);
  return joined;
}

/** The visible media playlist (RFC 8216): EVENT while it grows, VOD with ENDLIST once it is verified. */
export function renderPlaylist(
  file: string,
  map: ByteRange,
  segments: readonly Segment[],
  state: 'growing' | 'verified',
): string {
  const longest = segments.reduce((most, { seconds }) => Math.max(most, Math.ceil(seconds)), LEAST_TARGET_SECONDS);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${state === 'growing' ? 'EVENT' : 'VOD'}`,
    // Without it a player takes a growing playlist for a live one and starts at its end.
    ...(state === 'growing' ? ['#EXT-X-START:TIME-OFFSET=0,PRECISE=YES'] : []),
    '#EXT-X-INDEPENDENT-SEGMENTS',
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

export function totalSeconds(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.seconds, 0);
}

/** Bits per second: the highest of any segment of a second or more, and the average. */
export function bitRates(segments: readonly Segment[]): { peak: number; average: number } {
  const seconds = totalSeconds(segments);
  const bytes = segments.reduce((sum, segment) => sum + segment.length, 0);
  const rates = segments
    .filter((segment) => segment.seconds >= 1)
    .map((segment) => (segment.length * 8) / segment.seconds);
  const average = seconds > 0 ? Math.ceil((bytes * 8) / seconds) : 0;
  return { peak: Math.ceil(Math.max(average, ...rates)), average };
}

function parseRange(match: RegExpExecArray | null): ByteRange | undefined {
  return match ? { length: Number(match[1]), offset: Number(match[2]) } : undefined;
}

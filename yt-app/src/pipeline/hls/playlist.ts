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

/** x264 sets a key frame after 250 frames at the latest, which are 10.4 s of a film. */
const LEAST_TARGET_SECONDS = 11;
/** Some players look for more no oftener than the target says: nobody should wait for longer than this. */
const MOST_TARGET_SECONDS = 30;
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
  return { map, segments };
}

/**
 * Where the media really begins. When ffmpeg has written fragments before it cuts the first segment, it takes them for
 * part of the map, and the segment for empty.
 *
 * @param headerBytes length of `ftyp` and `moov`.
 */
export function correctMap({ map, segments }: FileIndex, headerBytes: number): FileIndex {
  const surplus = map.length - headerBytes;
  const [first, ...rest] = segments;
  const begin = map.offset + headerBytes;
  const corrected = first ? [{ ...first, offset: begin, length: first.length + surplus }, ...rest] : [];
  return {
    map: { ...map, length: headerBytes },
    segments: corrected.filter((segment) => segment.length > 0), // a pipe that broke early leaves an empty one
  };
}

/** Only what is whole on the disk: segments that end within the file. */
export function wholeSegments(segments: readonly Segment[], fileBytes: number): readonly Segment[] {
  const firstBeyond = segments.findIndex((segment) => segment.offset + segment.length > fileBytes);
  return firstBeyond === -1 ? segments : segments.slice(0, firstBeyond);
}

/**
 * `EXT-X-TARGETDURATION` for a playlist that begins with these. It must not change while the playlist grows (RFC 8216,
 * 6.2.1): key frames that are far apart from the start on are known at once; what is longer later has to be cut.
 */
export function targetSeconds(first: readonly Segment[]): number {
  const fitting = first.map(({ seconds }) => Math.ceil(seconds)).filter((seconds) => seconds <= MOST_TARGET_SECONDS);
  return fitting.reduce((most, seconds) => Math.max(most, seconds), LEAST_TARGET_SECONDS);
}

/**
 * Joins short neighbours, so that a long film has a short playlist, but to no more than `mostSeconds`. What was listed once
 * stays as it was: a joined segment is listed only when it is complete, or when no more can come.
 */
export function joinSegments(segments: readonly Segment[], mostSeconds: number, isComplete: boolean): Segment[] {
  const joined: Segment[] = segments.slice(0, SINGLE_SEGMENTS);
  let open: Segment | undefined;
  for (const segment of segments.slice(SINGLE_SEGMENTS)) {
    if (open && open.seconds + segment.seconds > mostSeconds) {
      joined.push(open);
      open = undefined;
    }
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

/** What a playlist says of itself. */
export interface PlaylistState {
  /** EVENT while it grows, VOD with ENDLIST once it is verified. */
  readonly state: 'growing' | 'verified';
  readonly targetSeconds: number;
  /** Does every segment begin with a key frame? */
  readonly isIndependent: boolean;
}

/** The visible media playlist (RFC 8216). */
export function renderPlaylist(
  file: string,
  { map, segments }: FileIndex,
  { state, targetSeconds, isIndependent }: PlaylistState,
): string {
  // What could not be cut, such as a gap in the sound, is longer than was promised: better to say so.
  const longest = segments.reduce((most, { seconds }) => Math.max(most, Math.ceil(seconds)), targetSeconds);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${state === 'growing' ? 'EVENT' : 'VOD'}`,
    // Without it a player takes a growing playlist for a live one and starts at its end.
    ...(state === 'growing' ? ['#EXT-X-START:TIME-OFFSET=0,PRECISE=YES'] : []),
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
  return { peak: Math.ceil(rates.reduce((most, rate) => Math.max(most, rate), average)), average };
}

function parseRange(match: RegExpExecArray | null): ByteRange | undefined {
  return match ? { length: Number(match[1]), offset: Number(match[2]) } : undefined;
}

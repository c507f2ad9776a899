/** A part of a file. */
export interface ByteRange {
  readonly length: number;
  readonly offset: number;
}

/** A part of a rendition's file that can be played after the initialisation section. */
export interface Segment extends ByteRange {
  readonly seconds: number;
}

/** The contents of a rendition's file, as a byte-range playlist lists them. */
export interface FileIndex {
  /** The initialisation section (`EXT-X-MAP`). */
  readonly map: ByteRange;
  readonly segments: readonly Segment[];
}

/** The first segments are listed one by one, so that playback starts early. Later ones are joined to about this length. */
const SINGLE_SEGMENTS = 3;
const JOINED_SECONDS = 5.5;

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

/** The segments before the first one that ends behind the end of the file: those that are whole on the disk. */
export function wholeSegments(segments: readonly Segment[], fileBytes: number): readonly Segment[] {
  const firstBeyond = segments.findIndex((segment) => segment.offset + segment.length > fileBytes);
  return firstBeyond === -1 ? segments : segments.slice(0, firstBeyond);
}

export interface JoinOptions {
  readonly maxSeconds: number;
  /** True when no more segments follow. */
  readonly isComplete: boolean;
  /** The length from which a joined segment is listed. */
  readonly joinedSeconds?: number;
}

/**
 * Joins short neighbours to segments of at most `maxSeconds`, so that a long film has a short playlist. A listed segment
 * never changes: a joined one is listed when it has its length, or when no more segments follow (`isComplete`).
 */
export function joinSegments(
  segments: readonly Segment[],
  { maxSeconds, isComplete, joinedSeconds = JOINED_SECONDS }: JoinOptions,
): Segment[] {
  const joined: Segment[] = segments.slice(0, SINGLE_SEGMENTS);
  let open: Segment | undefined;
  for (const segment of segments.slice(SINGLE_SEGMENTS)) {
    if (open && open.seconds + segment.seconds > maxSeconds) {
      joined.push(open);
      open = undefined;
    }
    open = open ? join(open, segment) : segment;
    if (open.seconds < joinedSeconds) continue;
    joined.push(open);
    open = undefined;
  }
  if (open && isComplete) joined.push(open);
  return joined;
}

function join(first: Segment, second: Segment): Segment {
  return {
    offset: first.offset,
    length: first.length + second.length,
    seconds: first.seconds + second.seconds,
  };
}

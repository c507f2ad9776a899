import type { ByteRange, FileIndex } from './segment.ts';

/**
 * Reads a byte-range playlist, ffmpeg's or ours. An unfinished last line is ignored.
 *
 * @returns undefined while it has no `EXT-X-MAP`.
 */
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
 * Moves the boundary between map and first segment to its true position. When ffmpeg has written fragments before it ends
 * the first segment, it counts them as part of the map, and the segment as empty.
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

function parseRange(match: RegExpExecArray | null): ByteRange | undefined {
  return match ? { length: Number(match[1]), offset: Number(match[2]) } : undefined;
}

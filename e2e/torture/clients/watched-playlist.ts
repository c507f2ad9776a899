/** A listed segment: its file, and the bytes of it. */
export interface Segment {
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

/** The segments of a media playlist with byte ranges. @param url of the playlist */
export function parseSegments(playlist: string, url: string): Segment[] {
  const found = playlist.matchAll(/^#EXT-X-BYTERANGE:(\d+)@(\d+)\n(?:#.*\n)*(\S+)$/gm);
  return Array.from(found, ([, length, start, file]) => ({
    file: new URL(file ?? '', url).href,
    start: Number(start),
    length: Number(length),
  }));
}

/** Reports whether a later version of a playlist has all segments of an earlier one, at the same places. */
export function isContinued(before: readonly Segment[], after: readonly Segment[]): boolean {
  return before.every(({ start, length }, index) => after[index]?.start === start && after[index].length === length);
}

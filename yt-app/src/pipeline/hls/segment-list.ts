import { splitSegment } from './fragments.ts';
import { withFile } from './media-file.ts';
import { targetSeconds } from './media-playlist.ts';
import type { Segment } from './segment.ts';

/** The segments of a growing rendition, none longer than the target duration that its playlist announced. */
export interface SegmentList {
  /** Appends the new ones of `whole`, which lists all segments so far, in the same order each time. */
  append(whole: readonly Segment[], timescale: number): Promise<void>;
  readonly segments: readonly Segment[];
  /** `EXT-X-TARGETDURATION`: fixed by the first segments. */
  readonly targetSeconds: number;
  /** True when a segment was cut, so that not all of them begin with a key frame. */
  readonly isCut: boolean;
}

/**
 * @param mediaFile returns the path of the MP4, which may be moved while it grows.
 * @param leastSeconds see {@link targetSeconds}.
 */
export function createSegmentList(mediaFile: () => string, leastSeconds?: number): SegmentList {
  const segments: Segment[] = [];
  let taken = 0;
  let target: number | undefined;
  let isCut = false;

  return {
    segments,
    get targetSeconds() {
      return target ?? targetSeconds([], leastSeconds);
    },
    get isCut() {
      return isCut;
    },
    async append(whole, timescale) {
      if (whole.length === 0) return;
      target ??= targetSeconds(whole, leastSeconds);
      for (const segment of whole.slice(taken)) {
        const pieces =
          segment.seconds > target
            ? await withFile(mediaFile(), (handle) => splitSegment(handle, segment, timescale))
            : [segment];
        isCut ||= pieces.length > 1;
        for (const piece of pieces) segments.push(piece);
        taken += 1;
      }
    },
  };
}

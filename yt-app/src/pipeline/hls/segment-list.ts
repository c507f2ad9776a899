import { open } from 'node:fs/promises';
import { splitSegment } from './fragments.ts';
import { targetSeconds, type Segment } from './playlist.ts';

/** The segments of a rendition, none longer than what its playlist promised at the beginning. */
export interface SegmentList {
  /** Takes those that are new. The same ones come again each time, in the same order. */
  take(whole: readonly Segment[], timescale: number): Promise<void>;
  readonly segments: readonly Segment[];
  /** `EXT-X-TARGETDURATION`: settled by the first segments, and the same ever after. */
  readonly targetSeconds: number;
  /** Was one cut, so that not all of them begin with a key frame? */
  readonly isCut: boolean;
}

export function createSegmentList(mediaFile: string): SegmentList {
  const segments: Segment[] = [];
  let taken = 0;
  let target: number | undefined;
  let isCut = false;

  const cut = async (segment: Segment, timescale: number): Promise<Segment[]> => {
    const handle = await open(mediaFile, 'r');
    try {
      return await splitSegment(handle, segment, timescale);
    } finally {
      await handle.close();
    }
  };

  return {
    segments,
    get targetSeconds() {
      return target ?? targetSeconds([]);
    },
    get isCut() {
      return isCut;
    },
    async take(whole, timescale) {
      if (whole.length === 0) return;
      target ??= targetSeconds(whole);
      for (const segment of whole.slice(taken)) {
        const pieces = segment.seconds > target ? await cut(segment, timescale) : [segment];
        isCut ||= pieces.length > 1;
        for (const piece of pieces) segments.push(piece);
        taken += 1;
      }
    },
  };
}

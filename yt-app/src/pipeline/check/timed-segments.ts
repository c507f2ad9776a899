import type { Segment } from '../hls/segment.ts';
import type { TimeRange } from './damage.ts';

/** A segment with its place in time, from the begin of the rendition. */
export interface TimedSegment extends Segment, TimeRange {}

export function withTimes(segments: readonly Segment[]): TimedSegment[] {
  let time = 0;
  return segments.map((segment) => {
    const from = time;
    time += segment.seconds;
    return { ...segment, from, to: time };
  });
}

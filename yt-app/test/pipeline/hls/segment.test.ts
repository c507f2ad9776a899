import { expect, test } from 'vitest';
import { targetSeconds } from '../../../src/pipeline/hls/media-playlist.ts';
import { bitRates, joinSegments, wholeSegments, type Segment } from '../../../src/pipeline/hls/segment.ts';

/** Segments of the given seconds, of one byte per second. */
function segmentsOf(lengths: readonly number[]): Segment[] {
  let offset = 0;
  return lengths.map((seconds) => {
    const segment = { offset, length: seconds, seconds };
    offset += seconds;
    return segment;
  });
}

const secondsOf = (segments: readonly Segment[]) => segments.map(({ seconds }) => seconds);

test('200,000 segments: have a target duration and bit rates', () => {
  const segments = segmentsOf(Array.from({ length: 200_000 }, () => 1));
  expect(targetSeconds(segments)).toBe(11);
  expect(bitRates(segments)).toEqual({ peak: 8, average: 8 });
});

test('a segment that ends after the end of the file: is dropped with those after it', () => {
  expect(secondsOf(wholeSegments(segmentsOf([2, 2, 2]), 5))).toEqual([2, 2]);
});

test('short segments: the first three stay, the others are joined to 5.5 s or more', () => {
  const segments = segmentsOf([2, 2, 2, 2, 2, 2, 2]);
  expect(secondsOf(joinSegments(segments, { maxSeconds: 11, isComplete: false }))).toEqual([2, 2, 2, 6]);
  expect(secondsOf(joinSegments(segments, { maxSeconds: 11, isComplete: true }))).toEqual([2, 2, 2, 6, 2]);
});

test('segments that would together exceed the target: are not joined', () => {
  expect(secondsOf(joinSegments(segmentsOf([2, 2, 2, 5, 9, 2]), { maxSeconds: 11, isComplete: true }))).toEqual([
    2, 2, 2, 5, 9, 2,
  ]);
});

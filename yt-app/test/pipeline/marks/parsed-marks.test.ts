import { expect, test } from 'vitest';
import { parseMarks } from '../../../src/pipeline/marks/parsed-marks.ts';
import { segment } from './sponsor-block-server.ts';

const VIDEO = 'dQw4w9WgXcQ';
const SECONDS = 100;
const parse = (...segments: unknown[]) =>
  parseMarks(JSON.stringify([{ videoID: VIDEO, segments }]), VIDEO, SECONDS).map(
    ({ start, end, category }) => `${start}-${end} ${category}`,
  );

test('segments of other videos of the prefix: are left out, also of one whose id differs in the case', () => {
  const answer = [
    { videoID: 'another-one', segments: [segment(1, 5)] },
    { videoID: VIDEO.toLowerCase(), segments: [segment(2, 5)] },
    { videoID: VIDEO, segments: [segment(20, 30)] },
  ];
  expect(parseMarks(JSON.stringify(answer), VIDEO, SECONDS)).toEqual([{ start: 20, end: 30, category: 'sponsor' }]);
});

test('segments in any order: come sorted, and those that overlap as one', () => {
  expect(parse(segment(60, 70), segment(10, 20), segment(15, 30, { category: 'intro' }), segment(30, 40))).toEqual([
    '10-30 sponsor',
    '30-40 sponsor',
    '60-70 sponsor',
  ]);
});

test.each<[string, unknown]>([
  ['a negative time', segment(-5, 5)],
  ['an end before the beginning', segment(20, 10)],
  ['no length', segment(20, 20)],
  ['an end after that of the video', segment(90, 200)],
  ['an infinite time', { ...segment(1, 2), segment: [1, '1e999'] }],
  ['three times', { ...segment(1, 2), segment: [1, 2, 3] }],
  ['times as text', { ...segment(1, 2), segment: ['1', '2'] }],
  ['a category that nobody asked for', segment(1, 9, { category: 'filler' })],
  ['another action', segment(1, 9, { actionType: 'full' })],
  ['null', null],
  ['a list', []],
])('a segment with %s: is left out, and the others stay', (_name, bad) => {
  expect(parse(bad, segment(50, 60))).toEqual(['50-60 sponsor']);
});

test('a number too large for JSON: is no time', () => {
  const answer = `[{"videoID":"${VIDEO}","segments":[{"category":"sponsor","actionType":"skip","segment":[1,1e999]}]}]`;
  expect(parseMarks(answer, VIDEO, SECONDS)).toEqual([]);
});

test('rounding at the beginning and the end: is none', () => {
  expect(parse(segment(0.4, 10), segment(90, 100.6))).toEqual(['0-10 sponsor', '90-100 sponsor']);
});

test.each([
  ['of the same duration', 100.9, 1],
  ['a little beside a long segment', 102, 1],
  ['of another cut', 110, 0],
])('a video %s when the segment was sent in', (_name, videoDuration, count) => {
  expect(parse(segment(20, 70, { videoDuration }))).toHaveLength(count);
});

test('a thousand segments: the first hundred', () => {
  const marks = parse(...Array.from({ length: 1000 }, (_, index) => segment(index / 11, index / 11 + 0.05)));
  expect(marks).toHaveLength(100);
});

test.each(['', '<html>', 'null', '{}', '[null]', '[{"videoID":"dQw4w9WgXcQ"}]', '['.repeat(200_000)])(
  'the answer %.20s: has no marks',
  (text) => {
    expect(parseMarks(text, VIDEO, SECONDS)).toEqual([]);
  },
);

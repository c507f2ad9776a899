import { isProblem, Probe } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { describeSource, offeredHeights } from '../../../src/pipeline/source/source-description.ts';
import { parseSourceInfo } from '../../../src/pipeline/source/source-info.ts';

const infoWith = (formats: object[], more: object = {}) =>
  parseSourceInfo(JSON.stringify({ id: 'x', title: 'A film', duration: 60, formats, ...more })).info;
const WEB = { url: 'https://media.example/v.mp4', protocol: 'https' };
const format = (height: number, more: object = {}) => ({ ...WEB, vcodec: 'avc1', height, ...more });

test('130,000 formats: are refused; 2,000: are described with at most 40 heights', () => {
  const formats = (count: number) =>
    Array.from({ length: count }, (_, index) => format(1 + index, { filesize: index }));
  expect(problemOf(() => infoWith(formats(130_000)))).toBe('source-extractor');
  const probe = Probe.parse({ ...describeSource(infoWith(formats(2000))), playlist: null });
  expect(probe.heights).toHaveLength(40);
  expect(probe.heights[0]?.height).toBe(2000);
});

function problemOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return isProblem(error) ? error.code : String(error);
  }
}

test('portrait and landscape pictures of one size: are offered as one height, the shorter side', () => {
  const sizes = [
    { width: 1080, height: 1920, filesize: 7 },
    { width: 1920, height: 1080, filesize: 9 },
  ];
  const formats = sizes.map((size, index) => ({ ...size, format_id: String(index), vcodec: 'avc1' }));
  expect(offeredHeights(formats, 10)).toEqual([{ height: 1080, estimatedBytes: 9 }]);
});

test('impossible heights and sizes: are omitted, and the answer fits its schema', () => {
  const probe = describeSource(
    infoWith([
      format(720, { filesize: 1e300 }),
      format(720.5),
      format(-1),
      format(1e9),
      format(480, { filesize: -5 }),
      format(360, { filesize: 1000 }),
      format(360, { filesize: 2000 }),
      format(1080, { vcodec: 'none' }),
    ]),
  );
  expect(Probe.parse({ ...probe, playlist: null }).heights).toEqual([
    { height: 720, estimatedBytes: null },
    { height: 480, estimatedBytes: null },
    { height: 360, estimatedBytes: 2000 },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
  'file:///etc/passwd',
  'no address',
  `https://e.test/${'x'.repeat(3000)}`,
])('the thumbnail %s: is omitted', (thumbnail) => {
  expect(describeSource(infoWith([], { thumbnail })).thumbnail).toBeNull();
});

test('an ordinary thumbnail: is described', () => {
  expect(describeSource(infoWith([], { thumbnail: 'https://example.com/a.jpg' })).thumbnail).toBe(
    'https://example.com/a.jpg',
  );
});

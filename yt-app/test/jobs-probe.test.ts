import { Probe } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { describe as describeSource } from '../src/jobs/probe.ts';
import { SourceInfo } from '../src/media/source-info.ts';

const infoWith = (formats: object[], more: object = {}) =>
  SourceInfo.parse({ id: 'x', title: 'A film', duration: 60, formats, ...more });
const format = (height: number, more: object = {}) => ({ format_id: String(height), vcodec: 'avc1', height, ...more });

test('130,000 formats are described, with a bounded number of heights', () => {
  const formats = Array.from({ length: 130_000 }, (_, index) => format(1 + (index % 9000), { filesize: index }));
  const probe = Probe.parse(describeSource(infoWith(formats)));
  expect(probe.heights).toHaveLength(40);
  expect(probe.heights[0]?.height).toBe(9000);
});

test('heights and sizes that cannot be are left out, and the answer fits its schema', () => {
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
  expect(Probe.parse(probe).heights).toEqual([
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
])('the thumbnail %s is left out', (thumbnail) => {
  expect(describeSource(infoWith([], { thumbnail })).thumbnail).toBeNull();
});

test('an ordinary thumbnail is told', () => {
  expect(describeSource(infoWith([], { thumbnail: 'https://example.com/a.jpg' })).thumbnail).toBe(
    'https://example.com/a.jpg',
  );
});

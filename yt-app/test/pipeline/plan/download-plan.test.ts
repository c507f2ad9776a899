import { Problem, type Quality } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { planDownload } from '../../../src/pipeline/plan/download-plan.ts';
import type { SourceFormat } from '../../../src/pipeline/source/source-format.ts';
import { sourceDuration } from '../../../src/pipeline/source/source-info.ts';

const limits = { maxHeight: 1080, maxDurationSeconds: 6 * 3600, maxBytes: 8e9, maxLiveSeconds: 3600 };

function picture(width: number, height: number, fields: Partial<SourceFormat> = {}): SourceFormat {
  const id = `${width}x${height}`;
  return {
    format_id: id,
    ext: 'mp4',
    container: 'mp4_dash',
    vcodec: 'avc1.64001f',
    acodec: 'none',
    width,
    height,
    ...fields,
  };
}
const sound: SourceFormat = {
  format_id: 'sound',
  ext: 'm4a',
  container: 'm4a_dash',
  vcodec: 'none',
  acodec: 'mp4a.40.2',
};

function plan(
  formats: SourceFormat[],
  { quality = 'best', maxHeight = 1080 }: { quality?: Quality; maxHeight?: number } = {},
) {
  const { tracks } = planDownload(
    { id: 'x', duration: 10, formats },
    { type: 'video', quality },
    { ...limits, maxHeight },
  );
  return tracks.map(({ formatId, renditions }) => [formatId, renditions[0]?.name]);
}

describe('a portrait picture', () => {
  const ladder = [picture(360, 640), picture(720, 1280), picture(1080, 1920), picture(1440, 2560), sound];

  test.each<[Quality, number, string[][]]>([
    [
      'best',
      1080,
      [
        ['1080x1920', 'v1080'],
        ['sound', 'audio'],
        ['360x640', 'v360'],
      ],
    ],
    [
      'best',
      1440,
      [
        ['1440x2560', 'v1440'],
        ['sound', 'audio'],
        ['720x1280', 'v720'],
      ],
    ],
    [
      '720p',
      1080,
      [
        ['720x1280', 'v720'],
        ['sound', 'audio'],
        ['360x640', 'v360'],
      ],
    ],
    [
      '480p',
      1080,
      [
        ['360x640', 'v360'],
        ['sound', 'audio'],
      ],
    ],
    [
      'best',
      144,
      [
        ['360x640', 'v360'],
        ['sound', 'audio'],
      ],
    ],
  ])('for %s with MAX_HEIGHT=%i: is chosen by its width', (quality, maxHeight, tracks) => {
    expect(plan(ladder, { quality, maxHeight })).toEqual(tracks);
  });

  test('with sound, larger than those without: is chosen', () => {
    const muxed = picture(1080, 1920, { acodec: 'mp4a.40.2' });
    expect(plan([picture(720, 1280), sound, muxed])).toEqual([['1080x1920', 'v1080']]);
  });

  test('with a width of zero: is chosen by its height', () => {
    expect(plan([picture(0, 1920), picture(0, 1080), sound])[0]).toEqual(['0x1080', 'v1080']);
  });
});

describe('the largest picture', () => {
  test.each([
    [[7680, 4320], 4320],
    [[4320, 7680], 4320],
    [[8192, 4320], 4320],
    [[4096, 2176], 2160],
    [[5120, 2880], 2880],
    [[4096, 2176], 144],
  ])('of %j pixels with MAX_HEIGHT=%i: is chosen', ([width = 0, height = 0], maxHeight) => {
    expect(plan([picture(width, height)], { maxHeight })).toHaveLength(1);
  });

  test.each([
    [[8704, 4320], 4320, { width: 8640, height: 4320 }],
    [[7680, 4320], 2160, { width: 4096, height: 2176 }],
    [[4096, 2304], 1080, { width: 4096, height: 2176 }],
    [[4096, 2304], 144, { width: 4096, height: 2176 }],
  ])('of %j pixels with MAX_HEIGHT=%i: is refused', ([width = 0, height = 0], maxHeight, limit) => {
    expect(() => plan([picture(width, height)], { maxHeight })).toThrow(
      new Problem('too-large', { limit: { kind: 'picture', ...limit } }),
    );
  });
});

describe('a source of many formats or fragments', () => {
  test('of 130,000 formats: is planned', () => {
    const formats = Array.from({ length: 130_000 }, () => picture(640, 360, { fragments: [{ duration: 4 }] }));
    const info = { id: 'x', formats: [...formats, picture(1280, 720), sound] };
    expect(sourceDuration(info)).toBe(4);
    const { tracks } = planDownload(info, { type: 'video', quality: 'best' }, limits);
    expect(tracks.map(({ name }) => name)).toEqual(['v720', 'audio', 'v360']);
  });

  test('of 200,000 fragments: has the sum of their durations', () => {
    const fragments = Array.from({ length: 200_000 }, () => ({ duration: 0.1 }));
    const info = { id: 'x', formats: [picture(640, 360, { fragments }), sound] };
    const { durationSeconds, tracks } = planDownload(info, { type: 'video', quality: 'best' }, limits);
    expect(durationSeconds).toBeCloseTo(20_000, 0);
    expect(tracks[0]?.durationSeconds).toBeCloseTo(20_000, 0);
  });
});

describe('a broadcast', () => {
  const muxed: SourceFormat = { format_id: 'both', protocol: 'm3u8_native', height: 720, width: 1280 };
  const request = { type: 'video', quality: 'best' } as const;
  const planOf = (fields: object, formats: SourceFormat[]) =>
    planDownload({ id: 'x', formats, ...fields }, request, limits);

  test.each([{ is_live: true }, { live_status: 'is_live' }])(
    'that is live (%j): is recorded as one track',
    (fields) => {
      const live = planOf({ ...fields, duration: 99_999 }, [picture(1920, 1080), sound, muxed]);
      expect(live).toMatchObject({ isLive: true, durationSeconds: null, estimatedBytes: null });
      expect(live.tracks).toMatchObject([{ formatId: 'both', continuation: 'none', keepTimestamps: false }]);
    },
  );

  test('that was live: is a video like any other', () => {
    expect(planOf({ live_status: 'was_live', duration: 10 }, [muxed])).toMatchObject({ isLive: false });
  });

  test.each([
    ['with picture and sound apart', [picture(1280, 720, { protocol: 'm3u8_native' })]],
    ['without a playlist', [{ ...muxed, protocol: 'http_dash_segments' }]],
  ])('that is live, %s: is refused', (_name, formats) => {
    expect(() => planOf({ is_live: true }, formats)).toThrow(new Problem('source-live'));
  });

  test('that is announced: says when it begins', () => {
    const startsAt = '2026-12-24T20:00:00.000Z';
    const announced = { live_status: 'is_upcoming', release_timestamp: Date.parse(startsAt) / 1000 };
    expect(() => planOf(announced, [])).toThrow(
      expect.objectContaining({ code: 'source-upcoming', facts: { startsAt } }),
    );
    expect(() => planOf({ live_status: 'is_upcoming', release_timestamp: 1e20 }, [])).toThrow(
      expect.objectContaining({ code: 'source-upcoming', facts: {} }),
    );
  });
});

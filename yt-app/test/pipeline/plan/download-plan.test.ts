import { Problem, type Quality } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { offeredHeights } from '../../../src/pipeline/source/source-description.ts';
import { planDownload } from '../../../src/pipeline/plan/download-plan.ts';
import { targetSeconds } from '../../../src/pipeline/hls/media-playlist.ts';
import { bitRates } from '../../../src/pipeline/hls/segment.ts';
import { renditionOutput } from '../../../src/pipeline/programs/rendition-arguments.ts';
import type { SourceFormat } from '../../../src/pipeline/source/source-format.ts';
import { parseSourceInfo, sourceDuration } from '../../../src/pipeline/source/source-info.ts';

const limits = { maxHeight: 1080, maxDurationSeconds: 6 * 3600, maxBytes: 8e9 };

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

describe('a portrait picture is judged by its width', () => {
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
  ])('%s with MAX_HEIGHT=%i', (quality, maxHeight, tracks) => {
    expect(plan(ladder, { quality, maxHeight })).toEqual(tracks);
  });

  test('one with sound is taken when it is larger than those without', () => {
    const muxed = picture(1080, 1920, { acodec: 'mp4a.40.2' });
    expect(plan([picture(720, 1280), sound, muxed])).toEqual([['1080x1920', 'v1080']]);
  });

  test('offers its width as the height to choose', () => {
    const offered = offeredHeights(
      [picture(1080, 1920, { filesize: 7 }), picture(1920, 1080, { filesize: 9 }), sound],
      10,
    );
    expect(offered).toEqual([{ height: 1080, estimatedBytes: 9 }]);
  });

  test('of which the width is not told, is judged by its height as before', () => {
    expect(plan([picture(0, 1920), picture(0, 1080), sound])[0]).toEqual(['0x1080', 'v1080']);
  });
});

describe('the largest picture', () => {
  test.each([
    [4320, [7680, 4320]],
    [4320, [4320, 7680]],
    [4320, [8192, 4320]],
    [2160, [4096, 2176]],
    [2880, [5120, 2880]],
    [144, [4096, 2176]],
  ])('with MAX_HEIGHT=%i, %j is taken', (maxHeight, [width = 0, height = 0]) => {
    expect(plan([picture(width, height)], { maxHeight })).toHaveLength(1);
  });

  test.each([
    [4320, [8704, 4320], { width: 8640, height: 4320 }],
    [2160, [7680, 4320], { width: 4096, height: 2176 }],
    [1080, [4096, 2304], { width: 4096, height: 2176 }],
    [144, [4096, 2304], { width: 4096, height: 2176 }],
  ])('with MAX_HEIGHT=%i, %j is refused', (maxHeight, [width = 0, height = 0], limit) => {
    expect(() => plan([picture(width, height)], { maxHeight })).toThrow(
      new Problem('too-large', { limit: { kind: 'picture', ...limit } }),
    );
  });

  test.each([
    [2160, false],
    [4320, true],
  ])('with MAX_HEIGHT=%i, an encoder of few threads: %s', (maxHeight, isExpected) => {
    const where = { mediaDirectory: '/m', workDirectory: '/w', maxHeight };
    const { options } = renditionOutput({ name: 'v', kind: 'video', handling: 'encoded' }, where);
    expect(options.includes('-threads')).toBe(isExpected);
  });
});

describe('a source without measure', () => {
  test('of 130,000 formats is a problem', () => {
    const formats = Array.from({ length: 130_000 }, (_, index) => ({
      ...picture(640, 360),
      format_id: String(index),
      url: 'https://a.example/x',
      protocol: 'https',
    }));
    const text = JSON.stringify({ id: 'x', formats });
    expect(() => parseSourceInfo(text)).toThrow(expect.objectContaining({ code: 'source-extractor' }));
    const many = formats.slice(0, 2000);
    expect(parseSourceInfo(JSON.stringify({ id: 'x', formats: many })).info.formats).toHaveLength(2000);
  });

  test('of 130,000 formats that were let through is planned', () => {
    const formats = Array.from({ length: 130_000 }, () => picture(640, 360, { fragments: [{ duration: 4 }] }));
    const info = { id: 'x', formats: [...formats, picture(1280, 720), sound] };
    expect(sourceDuration(info)).toBe(4);
    const { tracks } = planDownload(info, { type: 'video', quality: 'best' }, limits);
    expect(tracks.map(({ name }) => name)).toEqual(['v720', 'audio', 'v360']);
    expect(offeredHeights(info.formats, 4)).toHaveLength(2);
  });

  test('of 200,000 pieces is as long as they are together', () => {
    const fragments = Array.from({ length: 200_000 }, () => ({ duration: 0.1 }));
    const info = { id: 'x', formats: [picture(640, 360, { fragments }), sound] };
    const { durationSeconds, tracks } = planDownload(info, { type: 'video', quality: 'best' }, limits);
    expect(durationSeconds).toBeCloseTo(20_000, 0);
    expect(tracks[0]?.durationSeconds).toBeCloseTo(20_000, 0);
  });

  test('of 200,000 segments has a target and a bit rate', () => {
    const segments = Array.from({ length: 200_000 }, (_, offset) => ({ offset, length: 1, seconds: 1 }));
    expect(targetSeconds(segments)).toBe(11);
    expect(bitRates(segments)).toEqual({ peak: 8, average: 8 });
  });
});

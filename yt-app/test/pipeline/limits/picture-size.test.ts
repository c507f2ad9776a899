import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Quality } from '@linkcast/contracts';
import { detectSandbox } from '@linkcast/kit';
import { createOriginServer, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFfmpeg } from '../../../src/pipeline/programs/ffmpeg/ffmpeg.ts';
import { limitPictures } from '../../../src/pipeline/programs/ffmpeg/picture-limited-ffmpeg.ts';
import { pictureLimit } from '../../../src/pipeline/limits/picture-size.ts';
import { createPipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

const run = promisify(execFile);

let folder: string;
let origin: OriginServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-size-'));
  origin = await createOriginServer({ root: folder });
});
afterAll(async () => {
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes 1.5 s of a test picture with a tone. The picture is made small and enlarged, which is fast. */
async function makeClip(file: string, size: string, options: readonly string[] = []): Promise<void> {
  const inputs = ['testsrc2=size=160x90:rate=10:duration=1.5', 'sine=sample_rate=48000:duration=1.5'];
  await run('ffmpeg', [
    ...['-v', 'error', ...inputs.flatMap((input) => ['-f', 'lavfi', '-i', input])],
    ...['-vf', `scale=${size}:flags=neighbor,setsar=1`, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ...['-preset', 'ultrafast', '-g', '10', ...options, path.join(folder, file)],
  ]);
}

/** The video renditions that the pipeline makes of a file. */
async function picturesOf(file: string, maxHeight: number, quality: Quality = 'best') {
  const rig = await createPipelineRig({ allow: [origin.hostPort], limits: { maxHeight } });
  try {
    const job = { id: 'job', attempt: 1, mediaId: 'item', url: `${origin.url}/${file}` };
    const facts = await rig.run({ ...job, type: 'video', quality }, createRecord(), AbortSignal.timeout(100_000));
    const pictures = facts?.renditions.filter(({ kind }) => kind === 'video') ?? [];
    return await Promise.all(
      pictures.map(async ({ name, height, handling }) => {
        return { name, height, handling, size: await sizeOf(path.join(rig.mediaDir, 'item', `${name}.mp4`)) };
      }),
    );
  } finally {
    await rig.close();
  }
}

async function sizeOf(file: string): Promise<string> {
  const entries = ['-select_streams', 'v', '-show_entries', 'stream=width,height', '-of', 'csv=p=0:s=x'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...entries, file]);
  return stdout.trim();
}

const AT_START = ['-movflags', '+faststart'];
const TEN_BIT = ['-pix_fmt', 'yuv420p10le', ...AT_START];

describe('a portrait picture', () => {
  test(
    'of 1080 × 1920 with MAX_HEIGHT=1080: is copied as 1080p, with the smaller picture',
    { timeout: 120_000 },
    async () => {
      const two = ['-map', '0:v', '-map', '0:v', '-map', '1:a', '-s:v:0', '1080x1920', '-s:v:1', '540x960'];
      const manifest = ['-f', 'dash', '-use_timeline', '1', '-adaptation_sets', 'id=0,streams=v id=1,streams=a'];
      await makeClip('portrait.mpd', '1080:1920', [...two, ...manifest]);
      expect(await picturesOf('portrait.mpd', 1080)).toEqual([
        { name: 'v1080', height: 1080, handling: 'copied', size: '1080x1920' },
        { name: 'v540', height: 540, handling: 'copied', size: '540x960' },
      ]);
      expect(await picturesOf('portrait.mpd', 1080, '720p')).toMatchObject([{ name: 'v540', size: '540x960' }]);
    },
  );

  test.each([
    ['portrait', '720:1280', '360x640', 360],
    ['portrait, with odd sides', '405:721', '360x640', 360],
    ['portrait, small', '202:360', '202x360', 202],
    ['landscape', '1280:720', '640x360', 360],
    ['landscape, with odd sides', '721:405', '640x360', 360],
    ['square', '720:720', '360x360', 360],
  ])('%s, encoded with MAX_HEIGHT=360: has a shorter side of at most 360', async (name, from, size, height) => {
    const file = `${name.replaceAll(/\W/g, '')}.mp4`;
    await makeClip(file, from, ['-pix_fmt', 'yuv444p', ...AT_START]);
    expect(await picturesOf(file, 360)).toEqual([{ name: 'video', height, handling: 'encoded', size }]);
  });
});

describe('a picture of 8K', () => {
  const eightK = { timeout: 180_000 };

  test('with MAX_HEIGHT=4320: is copied; with MAX_HEIGHT=2160: is refused', eightK, async () => {
    await makeClip('8k.mp4', '7680:4320', AT_START);
    expect(await picturesOf('8k.mp4', 4320)).toMatchObject([{ height: 4320, handling: 'copied', size: '7680x4320' }]);
    const refusal = { code: 'too-large', facts: { limit: { kind: 'picture', width: 4096, height: 2176 } } };
    await expect(picturesOf('8k.mp4', 2160)).rejects.toMatchObject(refusal);
  });

  test('decoded with a limit of 4K: fails; with a limit of 8K: finishes', eightK, async () => {
    await makeClip('raw.mp4', '4320:7680', TEN_BIT);
    const decode = async (maxHeight: number) => {
      const program = limitPictures(
        createFfmpeg({ owner: folder, sandbox: await detectSandbox() }),
        pictureLimit(maxHeight),
      ).start({
        inputs: [{ target: `file:${path.join(folder, 'raw.mp4')}`, options: [] }],
        outputs: [{ target: '-', options: ['-map', '0:v', '-frames:v', '1', '-f', 'null'] }],
        directory: folder,
        effort: 'decode',
        signal: AbortSignal.timeout(60_000),
      });
      return (await program.outcome).kind;
    };
    expect(await decode(2160)).toBe('failed');
    expect(await decode(4320)).toBe('finished');
  });
});

import { open, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@linkcast/kit';
import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanRendition } from '../../src/pipeline/check/rendition-scan.ts';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

const SECONDS = 60;
const NOISE_BYTES = 60_000;

let root: string;
let shortRoot: string;
let origin: OriginServer;
let shortOrigin: OriginServer;
let rig: PipelineRig;
let count = 0;

beforeAll(async () => {
  root = await makeFixtures({ seconds: SECONDS });
  shortRoot = await makeFixtures();
  origin = await createOriginServer({ root });
  shortOrigin = await createOriginServer({ root: shortRoot });
  rig = await createPipelineRig({ allow: [origin.hostPort, shortOrigin.hostPort] });
}, 240_000);
afterAll(async () => {
  await rig.close();
  await origin.close();
  await shortOrigin.close();
});

function bringIn(url: string, type: 'video' | 'audio' = 'video') {
  count += 1;
  const id = `item${count}`;
  const job = { id, mediaId: id, url, type, quality: 'best' } as const;
  return {
    run: rig.run(job, createRecord(), AbortSignal.timeout(60_000)),
    directory: path.join(rig.mediaDir, id),
  };
}

/** Noise in the middle of a file. */
async function damage(server: OriginServer, folder: string, file: string, bytes = NOISE_BYTES): Promise<string> {
  const { size } = await stat(path.join(folder, file));
  return server.behave(file, { kind: 'damage', from: Math.floor(size / 2), bytes });
}

describe('60 kB of noise in the middle of the source', () => {
  test.each([fixturePaths.mp4, fixturePaths.mp4IndexAtEnd])(
    '%s of a minute: becomes an item that says which seconds cannot be played',
    async (file) => {
      const url = await damage(origin, root, file);
      const facts = await bringIn(url).run;
      const found = facts?.damage;
      expect(found).toMatchObject({ cause: 'source' });
      expect(found?.seconds).toBeGreaterThan(0.3);
      expect(found?.seconds).toBeLessThan(3);
      expect(found?.ranges[0]?.from).toBeGreaterThan(SECONDS / 2 - 5);
      expect(found?.ranges.at(-1)?.to).toBeLessThan(SECONDS / 2 + 5);
    },
  );

  test('an MP4 of ten seconds: is refused, and the source is blamed', async () => {
    const url = await damage(shortOrigin, shortRoot, fixturePaths.mp4);
    const { run, directory } = bringIn(url);
    await expect(run).rejects.toMatchObject({
      code: 'source-damaged',
      facts: { damagedSeconds: expect.any(Number) as number },
    });
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  test('sound of a minute, requested as audio: is refused by the encoder, and the source is blamed', async () => {
    const url = await damage(origin, root, fixturePaths.m4a, 6_000);
    await expect(bringIn(url, 'audio').run).rejects.toMatchObject({ code: 'source-damaged' });
  });

  test('sound of a minute, copied: becomes an item that says which seconds cannot be heard', async () => {
    const url = await damage(origin, root, fixturePaths.m4a, 6_000);
    const facts = await bringIn(url).run;
    expect(facts?.damage).toMatchObject({ cause: 'source' });
    expect(facts?.damage?.seconds).toBeLessThan(1);
  });

  test.each(['chunk-0-00015.m4s', 'chunk-2-00015.m4s'])(
    '%s of DASH: becomes an item that says which seconds cannot be played',
    async (file) => {
      await damage(origin, root, `/dash/${file}`, 6_000);
      const facts = await bringIn(origin.url + fixturePaths.dash).run;
      expect(facts?.damage).toMatchObject({ cause: 'source' });
    },
  );

  test('a segment of MPEG-TS, which marks damaged packets: is refused, and the source is blamed', async () => {
    await damage(origin, root, '/hls/index13.ts', 10_000); // 53 packets: a multiple of 16 would keep their counter in order
    await expect(bringIn(origin.url + fixturePaths.hls).run).rejects.toMatchObject({ code: 'source-damaged' });
  });
});

test('a source in order: has no damage, and the checksums of all its files', async () => {
  origin.behaveWell();
  const { run, directory } = bringIn(origin.url + fixturePaths.mp4);
  const facts = await run;
  expect(facts?.damage).toBeNull();
  expect(facts?.files.map(({ name }) => name)).toEqual((await readdir(directory)).toSorted());
  for (const { name, bytes, sha256 } of facts?.files ?? [])
    expect(await digestFile(path.join(directory, name))).toEqual({ bytes, sha256 });
});

test('a finished file whose boxes have changed: is not what ffmpeg has written', async () => {
  const { run, directory } = bringIn(origin.url + fixturePaths.mp4);
  await run;
  const file = path.join(directory, 'video.mp4');
  const init = initOf(await readFile(path.join(directory, 'video.m3u8'), 'utf8'));
  const scan = () => scanRendition(file, init, AbortSignal.timeout(10_000));
  expect(await scan()).toMatchObject({ isContainerWhole: true, suspects: [] });

  const bytes = await readFile(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.from('noise'), 0, 5, bytes.lastIndexOf('moof') - 4);
  await handle.close();
  expect(await scan()).toMatchObject({ isContainerWhole: false, bytes: bytes.length });
});

function initOf(playlist: string): { offset: number; length: number } {
  const [, length, offset] = /BYTERANGE="(\d+)@(\d+)"/.exec(playlist) ?? [];
  return { offset: Number(offset), length: Number(length) };
}

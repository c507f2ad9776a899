import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOriginServer, until, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

const ENCODER = 'ffmpeg';

let root: string;
let folder: string;
let origin: OriginServer;
let rig: PipelineRig;
let encoder: ChildProcess | undefined;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-encoder-'));
  folder = path.join(root, 'live');
  await mkdir(folder);
  origin = await createOriginServer({ root });
  rig = await createPipelineRig({ allow: [origin.hostPort], stallSeconds: 20 });
});
afterEach(() => void encoder?.kill('SIGKILL'));
afterAll(async () => {
  await rig.close();
  await origin.close();
  await rm(root, { recursive: true, force: true });
});

/** Broadcasts in real time: segments of two seconds, of which the last six stay. */
async function startEncoder(): Promise<ChildProcess> {
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25', '-f', 'lavfi', '-i', 'sine'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50', '-c:a', 'aac'];
  const hls = ['-f', 'hls', '-hls_time', '2', '-hls_list_size', '6', '-hls_flags', 'delete_segments+temp_file'];
  const args = ['-v', 'error', '-nostdin', '-y', '-re', ...inputs, ...codecs, ...hls, 'index.m3u8'];
  const begun = Date.now();
  const started = spawn(ENCODER, args, { cwd: folder, stdio: 'ignore' });
  await until(async () => (await stat(path.join(folder, 'index.m3u8'))).mtimeMs > begun, 30);
  return started;
}

async function listedSeconds(): Promise<number> {
  const playlist = await readFile(path.join(rig.mediaDir, 'encoded', 'video.m3u8'), 'utf8').catch(() => '');
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

test(
  'an encoder that is killed and starts again with the same names: goes on in one item, until it ends',
  { timeout: 150_000 },
  async () => {
    encoder = await startEncoder();
    const job = { id: 'encoded', mediaId: 'encoded', url: `${origin.url}/live/index.m3u8` } as const;
    const run = rig.run({ ...job, type: 'video', quality: 'best' }, createRecord(), AbortSignal.timeout(140_000));
    await until(async () => (await listedSeconds()) >= 8, 40);
    encoder.kill('SIGKILL');
    await once(encoder, 'exit');
    encoder = await startEncoder();
    const before = await listedSeconds();
    await until(async () => (await listedSeconds()) >= before + 6, 60);
    encoder.kill('SIGTERM'); // it ends its playlist
    const facts = await run;
    expect(facts).toMatchObject({ recording: 'ended', damage: null });
    expect(facts?.durationSeconds).toBeGreaterThan(before + 6);
  },
);

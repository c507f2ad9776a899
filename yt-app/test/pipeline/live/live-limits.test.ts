import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProblem, type MediaType } from '@linkcast/contracts';
import { createBroadcast, createOriginServer, until, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

let root: string;
let origin: OriginServer;
const rigs: PipelineRig[] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-live-'));
  origin = await createOriginServer({ root });
});
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await origin.close();
  await rm(root, { recursive: true, force: true });
});

async function record(id: string, livePath: string, limits: { maxLiveSeconds?: number; maxBytes?: number } = {}) {
  return recordAs('video', id, livePath, limits);
}

async function recordAs(type: MediaType, id: string, livePath: string, limits: object = {}) {
  const rig = await createPipelineRig({ allow: [origin.hostPort], stallSeconds: 3, limits });
  rigs.push(rig);
  const job = { id, mediaId: id, url: origin.url + livePath, type, quality: 'best' } as const;
  const record = createRecord();
  const run = rig.run(job, record, AbortSignal.timeout(90_000));
  run.catch(() => undefined); // its test awaits it
  return { run, record, directory: path.join(rig.mediaDir, id) };
}

const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'no failure',
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );

test('a recording that reaches MAX_LIVE_DURATION: ends, and is kept', async () => {
  const live = await createBroadcast(root, 'long');
  await live.publish(6);
  const facts = await (await record('long', live.path, { maxLiveSeconds: 5 })).run;
  expect(facts).toMatchObject({ recording: 'limited', damage: null });
  expect(facts?.durationSeconds).toBeGreaterThan(5);
});

test('a recording that reaches MAX_SIZE: ends, and is kept', async () => {
  const live = await createBroadcast(root, 'large');
  await live.publish(6);
  const facts = await (await record('large', live.path, { maxBytes: 60_000 })).run;
  expect(facts).toMatchObject({ recording: 'limited' });
  expect(facts?.durationSeconds).toBeGreaterThan(1);
});

test('sound alone of a live source: becomes an MP3 that is as long', async () => {
  const live = await createBroadcast(root, 'sound');
  await live.publish(4);
  const { run, record: reports, directory } = await recordAs('audio', 'sound', live.path);
  await until(() => reports.whenPlayable !== undefined, 20);
  await live.end();
  const facts = await run;
  expect(facts).toMatchObject({ recording: 'ended', hasFile: true });
  expect(facts?.durationSeconds).toBeCloseTo(8, 0);
  expect((await readFile(path.join(directory, 'audio.mp3'))).length).toBeGreaterThan(100_000);
});

test('a live source without a segment: fails as stalled', { timeout: 60_000 }, async () => {
  const body = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2,\nmissing.ts\n';
  const url = new URL(origin.text('/empty/index.m3u8', 'application/vnd.apple.mpegurl', body));
  const { run } = await record('empty', url.pathname);
  await until(() => origin.requests.some(({ path: asked }) => asked === '/empty/missing.ts'), 20);
  origin.text('/empty/index.m3u8', 'application/vnd.apple.mpegurl', `${body}#EXT-X-ENDLIST\n`);
  expect(await codeOf(run)).toBe('source-stalled');
});

test('a live source in byte ranges: is refused, and leaves nothing', async () => {
  const head = '#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n';
  const body = `${head}#EXTINF:2,\n#EXT-X-BYTERANGE:100@0\nall.ts\n#EXT-X-ENDLIST\n`;
  const live = body.replace('#EXT-X-ENDLIST\n', '');
  const url = new URL(origin.text('/ranges/index.m3u8', 'application/vnd.apple.mpegurl', live));
  const { run } = await record('ranges', url.pathname);
  await until(() => origin.requests.filter(({ path: asked }) => asked === url.pathname).length > 3, 20);
  origin.text('/ranges/index.m3u8', 'application/vnd.apple.mpegurl', body); // it is no live source any more
  expect(await codeOf(run)).toBe('source-stalled');
});

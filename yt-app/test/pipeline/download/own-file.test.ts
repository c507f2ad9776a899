import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isProblem, ownFilePath, ownFileUrl, type MediaType } from '@linkcast/contracts';
import { fixturePaths, makeFixtures } from '@linkcast/testing';
import HLS from 'hls-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

let fixtures: string;
let rig: PipelineRig;
let count = 0;

beforeAll(async () => {
  fixtures = await makeFixtures();
  rig = await createPipelineRig({ allow: [] });
});
afterAll(() => rig.close());

/** An own file that waits for its job. */
async function give(write: (file: string) => Promise<void>): Promise<{ id: string; file: string }> {
  count += 1;
  const id = String.fromCodePoint(96 + count).repeat(20);
  const file = path.join(rig.mediaDir, ownFilePath(id));
  await mkdir(path.dirname(file), { recursive: true });
  await write(file);
  return { id, file };
}

function bringIn(id: string, type: MediaType = 'video') {
  const record = createRecord();
  const mediaId = `item${count}`;
  const job = { id: mediaId, mediaId, url: ownFileUrl(id), title: 'Holiday', type, quality: 'best' } as const;
  const run = rig.run(job, record, AbortSignal.timeout(60_000));
  return { record, run, directory: path.join(rig.mediaDir, mediaId) };
}

const problemOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'no failure',
    (reason: unknown) => (isProblem(reason) ? reason.code : String(reason)),
  );

test.each([
  ['an MP4 with its index at the end', fixturePaths.mp4IndexAtEnd, { video: 'copied', audio: 'copied' }],
  ['VP9 and Opus', fixturePaths.webm, { video: 'encoded', audio: 'encoded' }],
  ['sound alone, given as a video', fixturePaths.m4a, { audio: 'copied' }],
])('%s: becomes renditions, copied where possible, and stays where it is', async (_name, source, handling) => {
  const { id, file } = await give((to) => copyFile(path.join(fixtures, source), to));
  const { record, run, directory } = bringIn(id);
  const facts = await run;

  const kinds = facts?.renditions.map((rendition) => [rendition.kind, rendition.handling]);
  expect(Object.fromEntries(kinds ?? [])).toEqual(handling);
  expect(facts).toMatchObject({ title: 'Holiday', uploader: null, damage: null });
  expect(record.states).toEqual(['downloading', 'converting', 'verifying']);
  expect(record.whenPlayable).toBeDefined();
  const master = HLS.parse(await readFile(path.join(directory, 'index.m3u8'), 'utf8'));
  expect(master).toMatchObject({ isMasterPlaylist: true });
  expect((await readFile(file)).equals(await readFile(path.join(fixtures, source)))).toBe(true);
  expect(await readdir(path.join(rig.mediaDir, '.work'))).toEqual([]);
  expect(await rig.programs()).toEqual([]);
});

test('a video given as audio: becomes a tagged MP3', async () => {
  const { id } = await give((to) => copyFile(path.join(fixtures, fixturePaths.mp4), to));
  const { run, directory } = bringIn(id, 'audio');
  expect(await run).toMatchObject({ hasFile: true, renditions: [{ kind: 'audio', handling: 'copied' }] });
  expect(await readFile(path.join(directory, 'audio.mp3'), 'latin1')).toContain('Holiday');
});

test.each([
  ['a text', (file: string) => writeFile(file, 'This is no video.'.repeat(100)), 'source-not-media'],
  ['a playlist that names other files', (file: string) => writeFile(file, playlist), 'source-not-media'],
  ['an empty file', (file: string) => writeFile(file, ''), 'source-not-media'],
  ['a file that was removed', () => Promise.resolve(), 'source-not-found'],
  ['a video that was cut off', cutVideo, 'source-truncated'],
])('%s: fails with its own problem and leaves nothing but the file', async (_name, write, problem) => {
  const { id } = await give(write);
  const { run, directory } = bringIn(id);
  expect(await problemOf(run)).toBe(problem);
  await expect(readdir(directory)).rejects.toThrow('ENOENT');
  expect(await readdir(path.join(rig.mediaDir, '.work'))).toEqual([]);
});

const playlist = '#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n';

async function cutVideo(file: string): Promise<void> {
  await copyFile(path.join(fixtures, fixturePaths.mp4), file);
  await truncate(file, 400_000);
}

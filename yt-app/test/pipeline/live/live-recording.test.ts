import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ItemFacts } from '@linkcast/contracts';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import {
  broadcastSeconds,
  createBroadcast,
  createOriginServer,
  type Broadcast,
  type OriginServer,
  until,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunStopped } from '../../../src/pipeline/pipeline.ts';
import { createPipelineRig, type PipelineRig, type RigJob } from '../pipeline-rig.ts';
import { createRecord, type Record } from '../record.ts';

let root: string;
let origin: OriginServer;
let rig: PipelineRig;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-live-'));
  origin = await createOriginServer({ root });
  rig = await createPipelineRig({ allow: [origin.hostPort], stallSeconds: 4 });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
  await rm(root, { recursive: true, force: true });
});

interface Recording {
  readonly record: Record;
  readonly run: Promise<ItemFacts | null>;
  readonly directory: string;
  readonly stop: AbortController;
  readonly enough: AbortController;
}

async function broadcast(segments: number): Promise<Broadcast> {
  count += 1;
  const live = await createBroadcast(root, `live${count}`);
  await live.publish(segments);
  return live;
}

function start(live: Broadcast, claim: Partial<RigJob> = {}): Recording {
  const id = `item${count}`;
  const [record, stop, enough] = [createRecord(), new AbortController(), new AbortController()];
  const job = { id, mediaId: id, url: origin.url + live.path, type: 'video', quality: 'best', ...claim } as const;
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(120_000)]);
  const run = rig.run(job, record, signal, enough.signal);
  run.catch(() => undefined); // its test awaits it
  return { record, run, directory: path.join(rig.mediaDir, id), stop, enough };
}

/** Waits until the playlist for players lists so many seconds. @returns its text. */
async function untilListed({ directory, run }: Recording, seconds: number): Promise<string> {
  const listed = until(async () => {
    const text = await readFile(path.join(directory, 'video.m3u8'), 'utf8');
    return secondsOf(text) >= seconds && text;
  }, 30);
  const failed = run.then(() => listed); // a run that fails says why
  return Promise.race([listed, failed]);
}

function secondsOf(playlist: string): number {
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

/** The time of the broadcast that the recording shows at a time of its own. */
async function shownAt({ directory }: Recording, seconds: number): Promise<number> {
  const { stdout } = await runProgram({
    file: 'ffmpeg',
    args: [
      ...['-v', 'error', '-ss', String(seconds), '-i', path.join(directory, 'video.mp4'), '-frames:v', '1'],
      ...['-vf', 'signalstats,metadata=print:file=-', '-f', 'null', '-'],
    ],
    env: minimalEnvironment('/tmp'),
  });
  return broadcastSeconds(Number(/YAVG=([\d.]+)/.exec(stdout)?.[1]));
}

test('a live source: is played from its edge while it is recorded, and becomes an item when it ends', async () => {
  const live = await broadcast(3);
  const recording = start(live);
  const first = await untilListed(recording, 3.9);
  expect(recording.record.facts).toMatchObject({ isLive: true, durationSeconds: null });
  await until(() => recording.record.whenPlayable?.recording === 'live', 30);
  expect(first).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
  expect(first).not.toMatch(/EXT-X-START|EXT-X-ENDLIST/);
  expect(first).toContain('#EXT-X-TARGETDURATION:2');
  expect(await readFile(path.join(recording.directory, 'index.m3u8'), 'utf8')).not.toContain('EXT-X-START');

  await live.publish(3);
  const grown = await untilListed(recording, 9.9);
  expect(grown.startsWith(first.trimEnd())).toBe(true); // what was listed stays
  await live.end();
  const facts = await recording.run;
  expect(facts).toMatchObject({ recording: 'ended', isLive: false, damage: null });
  expect(facts?.durationSeconds).toBeCloseTo(12, 0);
  expect(recording.record.states).toEqual(['downloading', 'verifying']);
  const final = await readFile(path.join(recording.directory, 'video.m3u8'), 'utf8');
  expect(final).toContain('#EXT-X-ENDLIST');
  for (const seconds of [1, 5, 11]) expect(await shownAt(recording, seconds)).toBeCloseTo(seconds, 0);
});

test('a source that stalls and comes back: goes on in the same item, on one timeline', async () => {
  const live = await broadcast(3);
  const recording = start(live);
  await untilListed(recording, 3.9);
  const before = origin.requests.length;
  const asked = () => origin.requests.slice(before).filter(({ path: each }) => each === live.path).length;
  await until(() => asked() > 9, 30); // longer than a stall: the site is asked for its address again
  await live.publish(2);
  const grown = await untilListed(recording, 7.9);
  await live.end();
  const facts = await recording.run;
  expect(facts).toMatchObject({ recording: 'ended', damage: null });
  expect(facts?.durationSeconds).toBeCloseTo(10, 0);
  expect(grown).not.toContain('EXT-X-DISCONTINUITY');
  for (const seconds of [5, 9]) expect(await shownAt(recording, seconds)).toBeCloseTo(seconds, 0);
});

test('a source that starts again with lower numbers and time stamps: goes on behind what was there', async () => {
  const live = await broadcast(12);
  const recording = start(live);
  await untilListed(recording, 9.9);
  live.restart();
  await live.publish(3);
  await untilListed(recording, 15.9);
  await live.end();
  const facts = await recording.run;
  expect(facts).toMatchObject({ recording: 'ended', damage: null });
  expect(facts?.durationSeconds).toBeCloseTo(18, 0);
  expect(await shownAt(recording, 5)).toBeCloseTo(17, 0); // it began with the window: the last twelve of 24 seconds
  expect(await shownAt(recording, 13)).toBeCloseTo(1, 0);
  expect(await shownAt(recording, 17)).toBeCloseTo(5, 0);
});

test('a person stops it: what was recorded becomes the item, and nothing runs on', async () => {
  const live = await broadcast(4);
  const recording = start(live);
  await untilListed(recording, 5.9);
  recording.enough.abort();
  const facts = await recording.run;
  expect(facts).toMatchObject({ recording: 'stopped' });
  expect(facts?.durationSeconds).toBeCloseTo(8, 0);
  expect(await rig.programs()).toEqual([]);
  const asked = origin.requests.length;
  await live.publish(1);
  expect(origin.requests.length).toBe(asked);
});

test('a worker that is killed: the next claim goes on in the same item while the source is live', async () => {
  const live = await broadcast(4);
  const first = start(live);
  const listed = await untilListed(first, 5.9);
  first.stop.abort(new RunStopped('lease-lost', { isContinued: true }));
  await expect(first.run).rejects.toThrow('lease-lost');
  await live.publish(2);

  const second = start(live, { fence: 2, isPlayable: true, live: { isStopped: false } });
  const grown = await untilListed(second, 9.9);
  expect(grown.startsWith(listed.trimEnd())).toBe(true);
  await live.end();
  const facts = await second.run;
  expect(facts).toMatchObject({ recording: 'ended', damage: null });
  expect(facts?.durationSeconds).toBeCloseTo(12, 0);
  for (const seconds of [3, 7, 11]) expect(await shownAt(second, seconds)).toBeCloseTo(seconds, 0);
});

test('a worker that is killed before a stop: the next claim makes an item of what is there, without the source', async () => {
  const live = await broadcast(4);
  const first = start(live);
  await untilListed(first, 5.9);
  first.stop.abort(new RunStopped('lease-lost', { isContinued: true }));
  await first.run.catch(() => undefined);
  const asked = origin.requests.length;
  const facts = await start(live, { fence: 2, isPlayable: true, live: { isStopped: true } }).run;
  expect(facts).toMatchObject({ recording: 'stopped' });
  expect(facts?.durationSeconds).toBeCloseTo(8, 0);
  expect(origin.requests.length).toBe(asked);
});

test('a cancelled recording: leaves no file', async () => {
  const recording = start(await broadcast(3));
  await untilListed(recording, 3.9);
  recording.stop.abort(new RunStopped('unwanted', { isContinued: false }));
  await expect(recording.run).rejects.toThrow('unwanted');
  await expect(stat(recording.directory)).rejects.toThrow('ENOENT');
});

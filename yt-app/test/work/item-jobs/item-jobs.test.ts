import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isProblem, type Media } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, until, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readMediaJson } from '../../../src/library/files/media-json.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { createPipelineRig, type PipelineRig } from '../../pipeline/pipeline-rig.ts';
import { listedRanges, missingRanges } from '../repair/listed-segments.ts';
import { startRepairRig, type RepairRig } from '../repair/repair-rig.ts';

const PERSON = { caller: 'person:anna', personId: 'anna' };

let origin: OriginServer;
let pipeline: PipelineRig;
let fixtures: string;
let url: string;
beforeAll(async () => {
  fixtures = await makeFixtures();
  origin = await createOriginServer({ root: fixtures });
  pipeline = await createPipelineRig({ allow: [origin.hostPort] });
  url = `${origin.url}${fixturePaths.dash}`;
}, 240_000);
afterAll(async () => {
  await pipeline.close();
  await origin.close();
});

/** The segments that the origin was asked for since a moment, by their streams: 0 has 720 lines, 1 has 360, 2 is the sound. */
const streamsSince = (start: number): string[] => {
  const paths = origin.requests.slice(start).map((request) => request.path);
  return [...new Set(paths.flatMap((each) => /chunk-(\d)/.exec(each)?.[1] ?? []))].toSorted();
};
const manifest = (change: (text: string) => string): Promise<string> =>
  readFile(path.join(fixtures, fixturePaths.dash), 'utf8').then((text) =>
    origin.behave(fixturePaths.dash, { kind: 'body', contentType: 'application/dash+xml', body: change(text) }),
  );
/** Overwrites some bytes in the middle of a file. */
async function overwrite(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(1000, 7), 0, 1000, Math.floor((await handle.stat()).size / 2));
  await handle.close();
}
const heightsOf = ({ renditions }: Media) => renditions.flatMap(({ height }) => height ?? []).toSorted();

eachDatabase((openDatabase) => {
  let rig: RepairRig;
  beforeEach(async () => {
    rig = await startRepairRig(await openDatabase(), pipeline, {
      allow: [origin.hostPort],
      people: { get: () => Promise.resolve(undefined) },
    });
  });
  afterEach(async () => {
    origin.behaveWell();
    await rig.stop();
  });

  const directoryOf = (id: string) => path.join(pipeline.mediaDir, id);
  const fileOf = async (id: string, name: RegExp) =>
    path.join(directoryOf(id), (await rig.filesOf(id)).find((file) => name.test(file)) ?? 'none');
  const contentOf = async (id: string) =>
    Promise.all(
      (await rig.filesOf(id)).map(async (file) => [file, (await stat(path.join(directoryOf(id), file))).size]),
    );
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: unknown) => (isProblem(error) ? error.code : String(error)),
    );
  /** Runs a job to its end. @returns how it ended, with its item */
  async function end(id: string) {
    await rig.runJob();
    const job = await rig.jobs.get(id);
    return { state: job?.problem?.code ?? job?.state, mediaId: job?.mediaId ?? '' };
  }

  describe('audio of a video item', () => {
    test('is made of its files: the source is not asked, and the item is an MP3 of its person', async () => {
      const video = await rig.add(url);
      await rig.library.change(video.id, { title: 'Ours' });
      const start = origin.requests.length;
      const job = await rig.jobs.makeAudio(video.id, PERSON);
      expect(job).toMatchObject({ type: 'audio', requesterId: 'anna', fromItem: video.id, title: 'Ours' });
      const { state, mediaId } = await end(job.id);
      expect(state).toBe('ready');
      expect(origin.requests.length).toBe(start);
      expect(await rig.item(mediaId)).toMatchObject({ type: 'audio', title: 'Ours', personId: 'anna' });
      expect(await rig.filesOf(mediaId)).toEqual(
        expect.arrayContaining(['audio.mp3', 'audio.mp4', 'media.json', 'poster.jpg']),
      );

      expect((await rig.jobs.makeAudio(video.id, PERSON)).id).toBe(job.id); // once is enough
      expect((await rig.jobs.submit({ url, type: 'audio' }, PERSON)).id).toBe(job.id);
    });

    test('whose audio item was made by its link: is that one', async () => {
      const [video, audio] = [await rig.add(url), await rig.add(url, 'audio')];
      expect(await rig.jobs.makeAudio(video.id, PERSON)).toMatchObject({ state: 'ready', mediaId: audio.id });
    });

    test('that is private: is private, too', async () => {
      const video = await rig.add(url);
      await rig.library.change(video.id, { visibility: 'mine' });
      const job = await rig.jobs.makeAudio(video.id, PERSON);
      expect(job.visibility).toBe('mine');
      expect(await rig.item((await end(job.id)).mediaId)).toMatchObject({ visibility: 'mine', personId: 'anna' });
    });

    test('that was made of an own file: works, and there is no source to fetch it from', async () => {
      const { id } = await rig.add(url);
      const record = await rig.items.get(id);
      if (!record) throw new Error('no item');
      const own = 'upload://aaaaaaaaaaaaaaaaaaaa';
      await rig.items.save({ ...record, sourceUrl: own, sourceKey: own, extractor: null });
      expect(await end((await rig.jobs.makeAudio(id, PERSON)).id)).toMatchObject({ state: 'ready' });
      expect(await codeOf(rig.jobs.fetchMedia(id, null, PERSON))).toBe('source-unknown');
    });

    test.each([
      ['whose sound was damaged', async (id: string) => overwrite(path.join(directoryOf(id), 'audio.mp4'))],
      ['whose sound is missing', (id: string) => rm(path.join(directoryOf(id), 'audio.mp4'))],
      ['that was deleted', (id: string) => rig.library.trash.add(id)],
    ])('%s meanwhile: fails with item-unavailable, and leaves nothing', async (_name, change) => {
      const video = await rig.add(url);
      const before = await directories();
      const { id } = await rig.jobs.makeAudio(video.id, PERSON);
      await change(video.id);
      expect(await end(id)).toMatchObject({ state: 'item-unavailable' });
      expect(await directories()).toEqual(before);
    });

    test('an audio item, or one that is not there: is refused', async () => {
      const song = await rig.add(url, 'audio');
      expect(await codeOf(rig.jobs.makeAudio(song.id, PERSON))).toBe('conflict');
      expect(await codeOf(rig.jobs.makeAudio('aaaaaaaaaaaaaaaaaaaa', PERSON))).toBe('not-found');
    });
  });

  const directories = async () =>
    (await readdir(pipeline.mediaDir)).filter((name) => /^[a-z2-7]{20}$/.test(name)).toSorted();

  describe('more of the source of a video item', () => {
    test('that has a better picture now: only that is downloaded, and the item has both under its id', async () => {
      await manifest((text) => text.replace(/<Representation id="0"[\s\S]*?<\/Representation>/, ''));
      const added = await rig.add(url);
      expect(heightsOf(added)).toEqual([360]);
      origin.behaveWell();
      const before = await directories();
      const start = origin.requests.length;
      const job = await rig.jobs.fetchMedia(added.id, null, PERSON);
      expect((await rig.jobs.fetchMedia(added.id, null, PERSON)).id).toBe(job.id);
      expect(await codeOf(rig.jobs.fetchMedia(added.id, '480p', PERSON))).toBe('conflict');
      expect(await end(job.id)).toEqual({ state: 'ready', mediaId: added.id });

      expect(streamsSince(start)).toEqual(['0']);
      const item = await rig.item(added.id);
      expect(heightsOf(item)).toEqual([360, 720]);
      expect(item).toMatchObject({ title: added.title, createdAt: added.createdAt, damage: null, durationSeconds: 10 });
      expect(item.bytes).toBeGreaterThan(added.bytes);
      const master = await readFile(path.join(directoryOf(item.id), 'index.m3u8'), 'utf8');
      for (const { name } of item.renditions) expect(master).toContain(`${name}.m3u8`);
      expect(await missingRanges(await listedRanges(directoryOf(item.id)))).toEqual([]);
      const reading = await readMediaJson(directoryOf(item.id));
      expect(reading).toMatchObject({ facts: { renditions: item.renditions } });
      await rig.scrub(); // all checksums are right, and nothing of it is superseded
      expect(await rig.item(item.id)).toMatchObject({ damage: null, renditions: item.renditions });
      expect(await missingRanges(await listedRanges(directoryOf(item.id)))).toEqual([]);
      expect(await directories()).toEqual(before);
    });

    test('in another quality: is downloaded without the sound, and who sends the link in it gets the item', async () => {
      const added = await rig.add(url, 'video', '360p');
      const start = origin.requests.length;
      const job = await rig.jobs.fetchMedia(added.id, '720p', PERSON);
      expect(await end(job.id)).toEqual({ state: 'ready', mediaId: added.id });
      expect(streamsSince(start)).toEqual(['0']);
      expect(heightsOf(await rig.item(added.id))).toEqual([360, 720]);
      const same = await rig.jobs.submit({ url, type: 'video', quality: '720p' }, PERSON);
      expect(same).toMatchObject({ state: 'ready', mediaId: added.id });
    });

    test('that has nothing better: says so, downloads nothing, and the item stays', async () => {
      const added = await rig.add(url);
      const [files, start] = [await contentOf(added.id), origin.requests.length];
      for (const quality of [null, '720p', '360p'] as const)
        expect(await end((await rig.jobs.fetchMedia(added.id, quality, PERSON)).id)).toMatchObject({
          state: 'source-not-better',
        });
      expect(streamsSince(start)).toEqual([]);
      expect([await rig.item(added.id), await contentOf(added.id)]).toEqual([added, files]);
    });

    test('of which a part was lost: only that is downloaded', async () => {
      const added = await rig.add(url);
      await overwrite(await fileOf(added.id, /^v720.*\.mp4$/));
      const start = origin.requests.length;
      expect(await end((await rig.jobs.fetchMedia(added.id, null, PERSON)).id)).toMatchObject({ state: 'ready' });
      expect(streamsSince(start)).toEqual(['0']);
      await rig.scrub();
      expect(heightsOf(await rig.item(added.id))).toEqual([360, 720]);
      expect(await rig.item(added.id)).toMatchObject({ damage: null });
    });

    test.each([
      [
        'is away',
        () => Promise.resolve(origin.behave(fixturePaths.dash, { kind: 'status', status: 404 })),
        'source-not-found',
      ],
      ['has another length now', () => manifest((text) => text.replaceAll(/ r="\d"/g, ' r="1"')), 'source-changed'],
    ])('that %s: fails with its problem, and the item stays', async (_name, change, problem) => {
      const added = await rig.add(url, 'video', '360p');
      const files = await contentOf(added.id);
      await change();
      const start = origin.requests.length;
      expect(await end((await rig.jobs.fetchMedia(added.id, '720p', PERSON)).id)).toMatchObject({ state: problem });
      expect([await rig.item(added.id), await contentOf(added.id)]).toEqual([added, files]);
      expect(streamsSince(start)).toEqual([]);
    });

    test('whose worker stops in the middle: goes on with the next one, and the item has its old files until then', async () => {
      const added = await rig.add(url, 'video', '360p');
      const files = await contentOf(added.id);
      const job = await rig.jobs.fetchMedia(added.id, '720p', PERSON);
      const start = origin.requests.length;
      origin.behave('/dash/chunk-0-00003.m4s', { kind: 'stall', afterBytes: 1000 });
      const stopping = new AbortController();
      const running = rig.runJob(stopping.signal);
      await until(() => origin.requests.slice(start).some(({ path: each }) => each.includes('chunk-0-00003')));
      stopping.abort();
      await running;
      expect(await rig.jobs.get(job.id)).toMatchObject({ state: 'queued' });
      expect([await rig.item(added.id), await contentOf(added.id)]).toEqual([added, files]);
      origin.behaveWell();
      expect(await end(job.id)).toEqual({ state: 'ready', mediaId: added.id });
      expect(heightsOf(await rig.item(added.id))).toEqual([360, 720]);
    });

    test('that is deleted meanwhile: the job is cancelled, and leaves nothing', async () => {
      const added = await rig.add(url, 'video', '360p');
      const before = await directories();
      const job = await rig.jobs.fetchMedia(added.id, '720p', PERSON);
      const start = origin.requests.length;
      origin.behave('/dash/chunk-0-00003.m4s', { kind: 'throttle', bytesPerSecond: 300_000 });
      const running = rig.runJob();
      await until(() => origin.requests.slice(start).some(({ path: each }) => each.includes('chunk-0-00003')));
      await rig.library.trash.add(added.id);
      await running;
      expect(await rig.jobs.get(job.id)).toMatchObject({ state: 'cancelled' });
      await until(async () => (await directories()).length === before.length);
    });

    test('to which another job has added a picture meanwhile: keeps that, and the job fails', async () => {
      const added = await rig.add(url, 'video', '360p');
      const job = await rig.jobs.fetchMedia(added.id, '720p', PERSON);
      const start = origin.requests.length;
      origin.behave('/dash/chunk-0-00003.m4s', { kind: 'throttle', bytesPerSecond: 300_000 });
      const running = rig.runJob();
      await until(() => origin.requests.slice(start).some(({ path: each }) => each.includes('chunk-0-00003')));
      const record = await rig.items.get(added.id);
      const [video] = added.renditions;
      if (!record || !video) throw new Error('no item');
      const more = { ...record, renditions: [...record.renditions, { ...video, name: 'v1080x', height: 1080 }] };
      await rig.items.save(more);
      await running;
      expect(await rig.jobs.get(job.id)).toMatchObject({ state: 'failed', problem: { code: 'item-unavailable' } });
      expect(heightsOf(await rig.item(added.id))).toEqual([1080, 360].toSorted());
    });

    test('that becomes private meanwhile: its job is private, too', async () => {
      const added = await rig.add(url, 'video', '360p');
      const job = await rig.jobs.fetchMedia(added.id, '720p', PERSON);
      await rig.library.change(added.id, { visibility: 'mine' });
      expect(await rig.jobs.get(job.id)).toMatchObject({ visibility: 'mine' });
      await end(job.id);
      expect(await rig.item(added.id)).toMatchObject({ visibility: 'mine' });
    });
  });
});

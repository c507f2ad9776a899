import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createOriginServer, fixturePaths, makeFixtures, until, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDamageSource } from '../../../src/notices/sources/damage-source.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { killPrograms, signalPrograms } from '../../pipeline/kill-program.ts';
import { createPipelineRig, type PipelineRig } from '../../pipeline/pipeline-rig.ts';
import { startRepairRig, type RepairRig } from '../repair/repair-rig.ts';
import { hideNoise } from './hidden-noise.ts';

let origin: OriginServer;
let pipeline: PipelineRig;
let url: string;
beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures({ seconds: 60 }) });
  pipeline = await createPipelineRig({ allow: [origin.hostPort] });
  url = `${origin.url}${fixturePaths.mp4}`;
}, 240_000);
afterAll(async () => {
  await pipeline.close();
  await origin.close();
});

eachDatabase((openDatabase) => {
  let rig: RepairRig;
  let id: string;
  const directory = (): string => path.join(pipeline.mediaDir, id);
  const damage = async () => (await rig.item(id)).damage;
  const notices = async () => (await createDamageSource(rig.library).observe(new Map()))?.map(({ code }) => code);
  const videoName = async () => (await rig.item(id)).renditions.find(({ kind }) => kind === 'video')?.name ?? '';

  beforeEach(async () => {
    rig = await startRepairRig(await openDatabase(), pipeline, {
      allow: [origin.hostPort],
      people: { get: () => Promise.resolve(undefined) },
    });
    id = (await rig.add(url)).id;
  }, 60_000);
  afterEach(async () => {
    await rig.library.trash.add(id);
    await rig.library.trash.purge(id);
    await rig.stop();
  });

  test('an item in order: is decoded once', async () => {
    expect(await rig.items.countUndecoded()).toBe(1);
    expect(await rig.decode()).toBe(id);
    expect([await damage(), await rig.items.countUndecoded()]).toEqual([null, 0]);
    expect(await rig.decode()).toBeUndefined();
  }, 60_000);

  test('noise that arrived with an item, and passes all other checks: is found, and the item is downloaded again once', async () => {
    const { from, to } = await hideNoise(directory(), await videoName());
    await rig.scrub(); // the checksums agree
    expect(await damage()).toBeNull();
    await rig.decode();
    const found = await damage();
    expect(found).toMatchObject({ cause: 'storage', source: null, repair: null });
    expect(found?.ranges[0]?.from).toBeCloseTo(from, 0);
    expect(found?.ranges.at(-1)?.to).toBeCloseTo(to, 0);
    expect([await notices(), await rig.decode()]).toEqual([['items-damaged'], undefined]);
    await rig.scrub();
    expect(await damage()).toEqual(found); // the files are as they were published

    await rig.repair();
    await rig.runJob();
    expect([await damage(), await notices()]).toEqual([null, []]);
    const again = await hideNoise(directory(), await videoName()); // the source itself is damaged
    expect(await rig.decode()).toBe(id);
    expect(await damage()).toMatchObject({ cause: 'source', repair: null });
    expect((await damage())?.ranges[0]?.from).toBeCloseTo(again.from, 0);
    await rig.repair();
    expect([await rig.openRepairs(), await notices(), await rig.decode()]).toEqual([0, [], undefined]);
  }, 240_000); // two downloads and two decodes of a minute

  test('a job that waits or runs: nothing is decoded until it has ended', async () => {
    const sent = await rig.jobs.submit({ url: `${url}?other`, type: 'video' }, { caller: 'service:bot' });
    expect(await rig.decode()).toBeUndefined();
    const job = await rig.claim();
    expect(await rig.decode()).toBeUndefined();
    await rig.report(job, { type: 'failed', problem: { code: 'source-not-found' } });
    expect((await rig.jobs.get(sent.id))?.state).toBe('failed');
    expect(await rig.decode()).toBe(id);
  }, 60_000);

  test('a job that comes: ends the decoder within a second, and the item is decoded later', async () => {
    const decoding = rig.decode();
    await signalPrograms('SIGSTOP', pipeline.mediaDir, 'pipe:0', 'explode'); // it takes as long as the test needs
    const sentAt = performance.now();
    await rig.jobs.submit({ url: `${url}?other`, type: 'video' }, { caller: 'service:bot' });
    await decoding;
    expect(performance.now() - sentAt).toBeLessThan(1000);
    expect(await pipeline.programs()).toEqual([]);
    await rig.report(await rig.claim(), { type: 'failed', problem: { code: 'source-not-found' } });
    expect([await rig.decode(), await damage()]).toEqual([id, null]);
  }, 60_000);

  test('a decoder that was killed: is no damage, and the item is tried again another day', async () => {
    const decoding = rig.decode();
    await killPrograms(pipeline.mediaDir, 'pipe:0', 'explode');
    await decoding;
    expect([await damage(), await rig.items.countUndecoded(), await rig.decode()]).toEqual([null, 1, undefined]);
  }, 60_000);

  test('a file that is missing: is no damage of the source; the check of the files finds it', async () => {
    await rm(path.join(directory(), `${await videoName()}.mp4`));
    await rig.decode();
    expect([await damage(), await rig.items.countUndecoded()]).toEqual([null, 1]);
    await rig.scrub();
    expect(await damage()).toMatchObject({ cause: 'storage', seconds: null, source: null });
    await until(async () => (await pipeline.programs()).length === 0);
  }, 60_000);
});

import { open, readdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@linkcast/kit';
import { createOriginServer, fixturePaths, makeFixtures, until, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readMediaJson } from '../../../src/library/files/media-json.ts';
import { createDamageSource } from '../../../src/notices/sources/damage-source.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { createPipelineRig, type PipelineRig } from '../../pipeline/pipeline-rig.ts';
import { listedRanges, missingRanges, type ListedRange } from './listed-segments.ts';
import { startRepairRig, type RepairRig } from './repair-rig.ts';

const LOST_FILES = { cause: 'storage', seconds: null, ranges: [], source: null, repair: null } as const;

let origin: OriginServer;
let pipeline: PipelineRig;
let url: string;
beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  pipeline = await createPipelineRig({ allow: [origin.hostPort] });
  url = `${origin.url}${fixturePaths.mp4}`;
}, 240_000);
afterAll(async () => {
  await pipeline.close();
  await origin.close();
});

/** Overwrites some bytes in the middle of a file. */
async function overwrite(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(1000, 7), 0, 1000, Math.floor((await handle.stat()).size / 2));
  await handle.close();
}
const half = async (file: string): Promise<void> => truncate(file, Math.floor((await stat(file)).size / 2));

eachDatabase((openDatabase) => {
  let rig: RepairRig;
  beforeEach(async () => {
    rig = await startRepairRig(await openDatabase(), pipeline, {
      allow: [origin.hostPort],
      people: { get: () => Promise.resolve(undefined) }, // every person was removed
    });
  });
  afterEach(async () => {
    origin.behaveWell();
    await rig.stop();
  });

  const directories = async () => (await readdir(pipeline.mediaDir)).filter((name) => /^[a-z2-7]{20}$/.test(name));
  const directoryOf = (id: string) => path.join(pipeline.mediaDir, id);
  const notices = async () => (await createDamageSource(rig.library).observe(new Map()))?.map(({ code }) => code);
  const mp4Of = async (id: string) =>
    path.join(directoryOf(id), (await rig.filesOf(id)).find((name) => /^v.*\.mp4$/.test(name)) ?? 'none');

  test.each([
    ['with a segment cut off', async (id: string) => half(await mp4Of(id))],
    ['with changed bytes', async (id: string) => overwrite(await mp4Of(id))],
    ['without a file', async (id: string) => rm(await mp4Of(id))],
    ['without its master playlist', (id: string) => rm(path.join(directoryOf(id), 'index.m3u8'))],
    ['without its directory', (id: string) => rm(directoryOf(id), { recursive: true })],
  ])('an item %s: is downloaded again, and whole under its id', async (_name, damage) => {
    const added = await rig.add(url);
    const { title, createdAt } = await rig.library.change(added.id, { title: 'Ours', isKept: true });
    const before = await rig.filesOf(added.id);
    await damage(added.id);
    await rig.scrub();
    expect((await rig.item(added.id)).damage).toEqual(LOST_FILES);
    await rig.repair();
    expect((await rig.item(added.id)).damage).toEqual({ ...LOST_FILES, repair: 'running' });
    expect(await notices()).toEqual(['items-damaged']);
    await rig.runJob();
    await rig.repair();

    const whole = await rig.item(added.id);
    expect(whole).toMatchObject({ id: added.id, damage: null, title, createdAt, isKept: true, state: 'ready' });
    expect(await readMediaJson(directoryOf(added.id))).toMatchObject({ facts: { id: added.id, damage: null, title } });
    expect(await missingRanges(await listedRanges(directoryOf(added.id)))).toEqual([]);
    expect([await notices(), await rig.openRepairs()]).toEqual([[], 0]);
    await rig.scrub(); // the copy before goes
    expect((await rig.item(added.id)).damage).toBeNull();
    expect(await rig.filesOf(added.id)).toHaveLength(before.length);
    await until(async () => (await directories()).length === 1);
    expect(await directories()).toEqual([added.id]);
    await rig.library.trash.purge(await trashed(added.id));
  });

  const trashed = async (id: string): Promise<string> => {
    await rig.library.trash.add(id);
    return id;
  };

  test('viewers before, during and after the swap: every listed segment is there, also those of a playlist from before', async () => {
    const { id } = await rig.add(url);
    await overwrite(await mp4Of(id));
    await rig.scrub();
    await rig.repair();
    const old = await listedRanges(directoryOf(id));
    const missing: ListedRange[] = [];
    let polls = 0;
    const done = new AbortController();
    const isDone = (): boolean => done.signal.aborted;
    const viewing = (async () => {
      while (!isDone()) {
        missing.push(...(await missingRanges(await listedRanges(directoryOf(id)))));
        polls += 1;
      }
    })();
    await rig.runJob();
    done.abort();
    await viewing;
    expect((await rig.item(id)).damage).toBeNull();
    expect(polls).toBeGreaterThan(10);
    expect([...missing, ...(await missingRanges(old))]).toEqual([]);
    const current = await listedRanges(directoryOf(id));
    expect(current.length).toBeGreaterThan(2);
    expect(current.map(({ file }) => file)).not.toEqual(old.map(({ file }) => file));
    await rig.library.trash.purge(await trashed(id));
  });

  test('the MP3 of an audio item, read while it is repaired: is always whole, as it was or as it is then', async () => {
    const { id } = await rig.add(url, 'audio');
    const file = path.join(directoryOf(id), 'audio.mp3');
    const read = () => digestFile(file).then(({ sha256 }) => sha256);
    await overwrite(file);
    const before = await read();
    await rig.scrub();
    await rig.repair();
    const seen = new Set<string>();
    const done = new AbortController();
    const isDone = (): boolean => done.signal.aborted;
    const viewing = (async () => {
      while (!isDone()) seen.add(await read());
      seen.add(await read());
    })();
    await rig.runJob();
    done.abort();
    await viewing;
    expect(await rig.item(id)).toMatchObject({ damage: null, type: 'audio' });
    const after = await read();
    expect(after).not.toBe(before);
    expect([...seen]).toEqual([before, after]);
    await rig.library.trash.purge(await trashed(id));
  });

  test('a source that is away: the item says so, keeps its files, and is tried once; an owner may retry the job', async () => {
    const { id } = await rig.add(url);
    await overwrite(await mp4Of(id));
    const before = await rig.filesOf(id);
    await rig.scrub();
    origin.behave(fixturePaths.mp4, { kind: 'status', status: 404 });
    await rig.repair();
    const repair = await rig.store.lastRepair(id);
    await rig.runJob();
    await rig.repair();
    expect((await rig.item(id)).damage).toEqual({ ...LOST_FILES, repair: 'failed' });
    expect(await notices()).toEqual(['items-lost']);
    expect(await rig.filesOf(id)).toEqual(before);
    expect(await missingRanges(await listedRanges(directoryOf(id)))).toEqual([]);
    await rig.scrub();
    await rig.repair();
    expect(await rig.openRepairs()).toBe(0);

    origin.behaveWell();
    await rig.jobs.retry(repair?.id ?? '', null);
    await rig.repair();
    expect((await rig.item(id)).damage?.repair).toBe('running');
    await rig.runJob();
    expect((await rig.item(id)).damage).toBeNull();
    await rig.library.trash.purge(await trashed(id));
  });

  describe('a damaged item', () => {
    test('that is deleted meanwhile: its repair is cancelled, and leaves nothing', async () => {
      const { id } = await rig.add(url);
      await overwrite(await mp4Of(id));
      await rig.scrub();
      await rig.repair();
      const repair = await rig.store.lastRepair(id);
      await rig.library.trash.add(id);
      await rig.runJob();
      expect((await rig.store.lastRepair(id))?.state).toBe('cancelled');
      await until(async () => (await directories()).length === 1);
      expect(repair).toMatchObject({ personId: null, visibility: 'mine', repairs: id });
      await rig.library.trash.purge(id);
    });

    test.each([
      ['of a person who was removed', { personId: 'p'.repeat(20) }],
      ['whose source is unknown', { sourceUrl: '' }],
      ['whose source is in a private network', { sourceUrl: 'http://192.168.1.1/film.mp4' }],
    ])('%s: is not downloaded again, and says so', async (_name, fields) => {
      const { id } = await rig.add(url);
      const record = await rig.items.getListed(id);
      if (!record) throw new Error('the item is not listed');
      await rig.items.save({ ...record, ...fields });
      await overwrite(await mp4Of(id));
      await rig.scrub();
      await rig.repair();
      expect(await rig.openRepairs()).toBe(0);
      expect((await rig.item(id)).damage?.repair).toBe('failed');
      expect(await notices()).toEqual(['items-lost']);
      await rig.library.trash.purge(await trashed(id));
    });

    test('whose link somebody sends before its repair has started: the repair begins, their job waits for it and gets the item', async () => {
      const { id } = await rig.add(url);
      await overwrite(await mp4Of(id));
      await rig.scrub();
      const sent = await rig.jobs.submit({ url, type: 'video' }, { caller: 'person:2' });
      expect(await rig.resolve(await rig.claim())).toBe(false);
      expect([await rig.openRepairs(), (await rig.item(id)).damage?.repair]).toEqual([1, 'running']);
      await rig.repair();
      expect(await rig.openRepairs()).toBe(1);
      await rig.runJob();
      await rig.runJob();
      expect(await rig.jobs.get(sent.id)).toMatchObject({ state: 'ready', mediaId: id, damage: null });
      expect(await directories()).toEqual([id]);
      await rig.library.trash.purge(await trashed(id));
    });

    test('whose link somebody sends when its repair is queued, and is claimed first: their job waits', async () => {
      const { id } = await rig.add(url);
      await overwrite(await mp4Of(id));
      await rig.scrub();
      const sent = await rig.jobs.submit({ url, type: 'video' }, { caller: 'person:2' });
      await rig.repair();
      const claimed = await rig.claim();
      expect(claimed.id).toBe(sent.id);
      expect(await rig.resolve(claimed)).toBe(false);
      await rig.runJob();
      await rig.runJob();
      expect(await rig.jobs.get(sent.id)).toMatchObject({ state: 'ready', mediaId: id });
      await rig.library.trash.purge(await trashed(id));
    });

    test('whose repair has failed, and whose link somebody sends: gets a second item beside it', async () => {
      const { id } = await rig.add(url);
      await overwrite(await mp4Of(id));
      await rig.scrub();
      await rig.repair();
      await rig.report(await rig.claim(), { type: 'failed', problem: { code: 'source-not-found' } });
      const sent = await rig.jobs.submit({ url, type: 'video' }, { caller: 'person:2' });
      await rig.runJob();
      const { state, mediaId } = (await rig.jobs.get(sent.id)) ?? {};
      expect([state, mediaId === id]).toEqual(['ready', false]);
      for (const each of [id, mediaId ?? '']) await rig.library.trash.purge(await trashed(each));
    });

    test('whose link somebody sends meanwhile: their job waits for the repair, and gets the item', async () => {
      const { id } = await rig.add(url);
      await overwrite(await mp4Of(id));
      await rig.scrub();
      await rig.repair();
      const repair = await rig.claim();
      await rig.resolve(repair);
      const sent = await rig.jobs.submit({ url, type: 'video' }, { caller: 'person:2' });
      expect(await rig.resolve(await rig.claim())).toBe(false);
      expect(await rig.jobs.get(sent.id)).toMatchObject({ state: 'queued', retry: null });
      await rig.report(repair, { type: 'failed', problem: { code: 'source-not-found' } });
      expect((await rig.claim()).id).toBe(sent.id);
      await rig.library.trash.purge(await trashed(id));
    });
  });
});

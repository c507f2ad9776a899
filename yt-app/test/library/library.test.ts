import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { createLogger } from '@linkcast/kit';
import { MediaQuery } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import type { JobRecord } from '../../src/jobs/job-table.ts';
import { createLibrary, type Library } from '../../src/library/library.ts';
import { MediaJson, writeMediaJson } from '../../src/library/files/media-json.ts';
import type { LibraryItem } from '../../src/library/items/item-table.ts';
import type { VolumeState } from '../../src/library/volume/library-volume.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { eventually } from '../fixtures/eventually.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let mediaDir: string;
let database: AppDatabase;
let store: ItemStore;
let library: Library;
let volume: VolumeState;
let stores: ReturnType<typeof storesOf>;

beforeEach(async () => {
  mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-library-'));
  database = await openAppDatabase(':memory:');
  stores = storesOf(database);
  store = stores.items;
  volume = 'present';
  library = createLibrary({
    store,
    mediaDir,
    volume: { check: () => Promise.resolve(volume) },
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
});
afterEach(async () => {
  await database.close();
  await rm(mediaDir, { recursive: true });
});

async function putFiles(facts: LibraryItem): Promise<string> {
  const directory = path.join(mediaDir, facts.id);
  await mkdir(directory);
  await writeFile(path.join(directory, 'audio.mp3'), 'sound');
  await writeMediaJson(directory, facts);
  return directory;
}

async function put(facts: LibraryItem): Promise<string> {
  await store.save(facts);
  return putFiles(facts);
}

const entries = async () => (await readdir(mediaDir)).sort();
const readMediaJson = async (id: string) =>
  MediaJson.parse(JSON.parse(await readFile(path.join(mediaDir, id, 'media.json'), 'utf8')));

test('an item: has the links of its existing files only', async () => {
  await put(audioItem(1));
  await put(audioItem(2, { type: 'video', hasPoster: false, hasFile: false, renditions: [] }));
  expect(await library.get(mediaId(1))).toMatchObject({
    poster: `/media/${mediaId(1)}/poster.jpg`,
    links: {
      page: `/listen/${mediaId(1)}`,
      hls: `/media/${mediaId(1)}/index.m3u8`,
      file: `/media/${mediaId(1)}/audio.mp3`,
    },
    createdAt: '2026-01-01T00:00:01.000Z',
  });
  expect(await library.get(mediaId(2))).toMatchObject({
    poster: null,
    links: { page: `/watch/${mediaId(2)}`, hls: null, file: null },
  });
  expect((await library.list(MediaQuery.parse({}))).media.map(({ id }) => id)).toEqual([mediaId(2), mediaId(1)]);
});

const JOB = { id: 'job', type: 'audio', url: 'https://x/', sourceKey: 'x', quality: 'best', createdAt: 0 } as const;

/** Lets a worker find that the job's item exists. */
async function makeReady(job: JobRecord, adoptedId: string): Promise<void> {
  const claimed = await stores.jobs.claim({ worker: 'w', instance: 'i', mediaId: 'another', now: 0 });
  if (claimed?.id !== job.id) throw new Error('another job was claimed');
  const item = { mediaId: adoptedId, handling: 'copied', bytes: 1, isPlayable: true } as const;
  await stores.jobs.apply(claimed, { type: 'adopted', ...item, playableAt: 0, finishedAt: 0 });
}

test('a delete whose event cannot be stored: keeps the row', async () => {
  await put(audioItem(1));
  await sql`DROP TABLE events`.execute(database.tables());
  await expect(library.delete(mediaId(1))).rejects.toThrow('events');
  expect(await store.get(mediaId(1))).toBeDefined();
});

test('a rename: changes the row and media.json, with its events', async () => {
  await put(audioItem(1));
  const before = await stores.events();
  expect(await library.rename(mediaId(1), 'New')).toMatchObject({ title: 'New' });
  expect((await store.get(mediaId(1)))?.title).toBe('New');
  expect(await readMediaJson(mediaId(1))).toMatchObject({
    version: 1,
    title: 'New',
    createdAt: '2026-01-01T00:00:01.000Z',
  });
  expect((await stores.events()).slice(before.length)).toMatchObject([
    { name: 'media', data: { id: mediaId(1), title: 'New' } },
    { name: 'station' },
  ]);
});

test('a delete: removes the row, then the files; its events say that the jobs of the item are not playable', async () => {
  await put(audioItem(1));
  const job = await stores.jobs.insert({ ...JOB, mediaId: 'unknown' });
  await makeReady(job, mediaId(1));
  const before = await stores.events();
  await library.delete(mediaId(1));
  expect(await store.get(mediaId(1))).toBeUndefined();
  expect(await entries()).not.toContain(mediaId(1));
  expect((await stores.events()).slice(before.length)).toMatchObject([
    { name: 'media-deleted', data: { id: mediaId(1) } },
    { name: 'station' },
    { name: 'job', data: { id: job.id, state: 'ready', playable: false, links: { page: null } } },
  ]);
  await eventually(async () => expect(await entries()).toEqual([]));
});

test('a delete of an item without files: removes the row', async () => {
  await store.save(audioItem(1));
  await library.delete(mediaId(1));
  expect(await store.get(mediaId(1))).toBeUndefined();
});

test('an item with an unfinished job: can neither be renamed nor deleted', async () => {
  const directory = await put(audioItem(1, { state: 'playable' }));
  await expect(library.rename(mediaId(1), 'New')).rejects.toMatchObject({ code: 'conflict' });
  await expect(library.delete(mediaId(1))).rejects.toMatchObject({ code: 'conflict' });
  expect(await readdir(directory)).toContain('audio.mp3');
});

test.each(['../etc', '', mediaId(9)])('the id %j: is not found by any call', async (id) => {
  await expect(library.get(id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.rename(id, 'x')).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.delete(id)).rejects.toMatchObject({ code: 'not-found' });
});

test('a delete and a rename at once: the rename is refused, and no directory is left', async () => {
  await put(audioItem(1));
  const [deleted, renamed] = await Promise.allSettled([library.delete(mediaId(1)), library.rename(mediaId(1), 'x')]);
  expect([deleted.status, renamed.status]).toEqual(['fulfilled', 'rejected']);
  await eventually(async () => expect(await entries()).toEqual([]));
});

test.each(['missing', 'foreign'] as const)('with the media volume %s: nothing is renamed or deleted', async (state) => {
  const directory = await put(audioItem(1));
  volume = state;
  await expect(library.rename(mediaId(1), 'New')).rejects.toMatchObject({ code: 'media-missing' });
  await expect(library.delete(mediaId(1))).rejects.toMatchObject({ code: 'media-missing' });
  expect((await store.get(mediaId(1)))?.title).toBe('Track 1');
  expect(await readdir(directory)).toContain('audio.mp3');
});

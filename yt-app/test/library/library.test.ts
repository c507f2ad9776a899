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

const NOW = Date.UTC(2026, 5, 1);

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
    clock: () => NOW,
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
  expect(await library.get(mediaId(1), 'everything')).toMatchObject({
    poster: `/media/${mediaId(1)}/poster.jpg`,
    links: {
      page: `/listen/${mediaId(1)}`,
      hls: `/media/${mediaId(1)}/index.m3u8`,
      file: `/media/${mediaId(1)}/audio.mp3`,
    },
    createdAt: '2026-01-01T00:00:01.000Z',
  });
  expect(await library.get(mediaId(2), 'everything')).toMatchObject({
    poster: null,
    links: { page: `/watch/${mediaId(2)}`, hls: null, file: null },
  });
  expect((await library.list(MediaQuery.parse({}), 'everything')).media.map(({ id }) => id)).toEqual([
    mediaId(2),
    mediaId(1),
  ]);
});

const JOB = { id: 'job', type: 'audio', url: 'https://x/', sourceKey: 'x', quality: 'best', createdAt: 0 } as const;

/** Lets a worker find that the job's item exists. */
async function makeReady(job: JobRecord, adoptedId: string): Promise<void> {
  const claimed = await stores.jobs.claim({ worker: 'w', instance: 'i', mediaId: 'another', now: 0 });
  if (claimed?.id !== job.id) throw new Error('another job was claimed');
  const item = { mediaId: adoptedId, handling: 'copied', bytes: 1, isPlayable: true } as const;
  await stores.jobs.apply(claimed, { type: 'adopted', ...item, playableAt: 0, finishedAt: 0 });
}

test('a delete whose event cannot be stored: does not happen', async () => {
  await put(audioItem(1));
  await sql`DROP TABLE events`.execute(database.tables());
  await expect(library.trash.add(mediaId(1))).rejects.toThrow('events');
  expect(await store.get(mediaId(1))).toMatchObject({ deletedAt: null });
});

test('a rename: changes the row and media.json, with its events', async () => {
  await put(audioItem(1));
  const before = await stores.events();
  expect(await library.change(mediaId(1), { title: 'New' })).toMatchObject({ title: 'New' });
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

const inTrash = async () =>
  (await library.trash.list({ limit: 10 }, 'everything')).media.map(({ id, deletedAt }) => ({ id, deletedAt }));

test('a delete: moves the item to the trash; its events say that its jobs are not playable', async () => {
  await put(audioItem(1));
  const job = await stores.jobs.insert({ ...JOB, mediaId: 'unknown' });
  await makeReady(job, mediaId(1));
  const before = await stores.events();
  await library.trash.add(mediaId(1));
  await expect(library.get(mediaId(1), 'everything')).rejects.toMatchObject({ code: 'not-found' });
  expect(await inTrash()).toEqual([{ id: mediaId(1), deletedAt: new Date(NOW).toISOString() }]);
  expect(await readdir(path.join(mediaDir, mediaId(1)))).toContain('audio.mp3');
  expect(await readMediaJson(mediaId(1))).toMatchObject({ deletedAt: new Date(NOW).toISOString() });
  expect((await stores.events()).slice(before.length)).toMatchObject([
    { name: 'media-deleted', data: { id: mediaId(1) } },
    { name: 'station' },
    { name: 'job', data: { id: job.id, state: 'ready', playable: false, links: { page: null } } },
  ]);
});

test('an item restored from the trash: is in the library as before, and its jobs are playable', async () => {
  await put(audioItem(1));
  const job = await stores.jobs.insert({ ...JOB, mediaId: 'unknown' });
  await makeReady(job, mediaId(1));
  const item = await library.get(mediaId(1), 'everything');
  await library.trash.add(mediaId(1));
  const before = await stores.events();
  expect(await library.trash.restore(mediaId(1))).toEqual(item);
  expect(await library.get(mediaId(1), 'everything')).toEqual(item);
  expect(await inTrash()).toEqual([]);
  expect(await readMediaJson(mediaId(1))).toMatchObject({ deletedAt: null });
  expect((await stores.events()).slice(before.length)).toMatchObject([
    { name: 'media', data: { id: mediaId(1) } },
    { name: 'station' },
    { name: 'job', data: { id: job.id, state: 'ready', playable: true } },
  ]);
});

test('an item whose media.json cannot be written: stays in the trash, because recovery would delete it again', async () => {
  const directory = await put(audioItem(1));
  await library.trash.add(mediaId(1));
  await rm(path.join(directory, 'media.json'));
  await mkdir(path.join(directory, 'media.json')); // in its way
  await expect(library.trash.restore(mediaId(1))).rejects.toThrow();
  expect((await inTrash()).map(({ id }) => id)).toEqual([mediaId(1)]);
});

test('a purge of what was deleted long ago, beside a restore: leaves the restored item', async () => {
  await put(audioItem(1));
  await library.trash.add(mediaId(1));
  const [, purged] = await Promise.all([
    library.trash.restore(mediaId(1)),
    library.trash.purgeDeletedBefore(NOW + 1, 10),
  ]);
  expect(purged).toBe(0);
  expect(await library.get(mediaId(1), 'everything')).toMatchObject({ deletedAt: null });
});

test('an item purged from the trash: its row and its files are gone', async () => {
  await put(audioItem(1));
  await library.trash.add(mediaId(1));
  await library.trash.purge(mediaId(1));
  expect(await store.get(mediaId(1))).toBeUndefined();
  expect(await entries()).not.toContain(mediaId(1));
  await eventually(async () => expect(await entries()).toEqual([]));
});

test('an item that is not in the trash: can be neither restored nor purged', async () => {
  await put(audioItem(1));
  await expect(library.trash.restore(mediaId(1))).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.trash.purge(mediaId(1))).rejects.toMatchObject({ code: 'not-found' });
  expect(await entries()).toEqual([mediaId(1)]);
});

test('an item in the trash: can neither be changed nor deleted again', async () => {
  await put(audioItem(1));
  await library.trash.add(mediaId(1));
  await expect(library.change(mediaId(1), { title: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.trash.add(mediaId(1))).rejects.toMatchObject({ code: 'not-found' });
});

test('a purge of what was deleted 7 days ago: takes exactly that, the earliest first', async () => {
  for (const number of [1, 2, 3]) {
    await put(audioItem(number));
    await store.setDeleted(mediaId(number), NOW + number);
  }
  expect(await library.trash.purgeDeletedBefore(NOW + 3, 1)).toBe(1);
  expect((await inTrash()).map(({ id }) => id)).toEqual([3, 2].map(mediaId));
  expect(await library.trash.purgeDeletedBefore(NOW + 3, 10)).toBe(1);
  expect((await inTrash()).map(({ id }) => id)).toEqual([mediaId(3)]);
});

test('a delete of an item whose media.json cannot be written: the item is in the trash', async () => {
  await store.save(audioItem(1)); // no directory
  await library.trash.add(mediaId(1));
  expect((await inTrash()).map(({ id }) => id)).toEqual([mediaId(1)]);
});

test('a change of visibility: changes the row, media.json and the jobs; the events hide it first', async () => {
  await put(audioItem(1, { personId: 'anna' }));
  const job = await stores.jobs.insert({ ...JOB, mediaId: 'unknown' });
  await makeReady(job, mediaId(1));
  const before = await stores.events();
  expect(await library.change(mediaId(1), { visibility: 'mine' })).toMatchObject({ visibility: 'mine' });
  expect(await readMediaJson(mediaId(1))).toMatchObject({ visibility: 'mine' });
  expect(await stores.jobs.get(job.id)).toMatchObject({ visibility: 'mine' });
  expect((await stores.events()).slice(before.length)).toMatchObject([
    { name: 'media-deleted', data: { id: mediaId(1) } },
    { name: 'station' },
    { name: 'media', data: { id: mediaId(1), visibility: 'mine' } },
    { name: 'job-hidden', data: { id: job.id } },
    { name: 'job', data: { id: job.id, visibility: 'mine' } },
  ]);
});

test('a private item moved to the trash: its event says who saw it, and the station does not change', async () => {
  await put(audioItem(1, { personId: 'anna', visibility: 'mine' }));
  const before = await stores.events();
  await library.trash.add(mediaId(1));
  expect((await stores.events()).slice(before.length)).toEqual([
    { name: 'media-deleted', data: { id: mediaId(1), visibility: 'mine', personId: 'anna' } },
  ]);
});

test('an item made open again: opens the jobs of its person, and not those of others who sent it privately', async () => {
  await put(audioItem(1, { personId: 'anna' }));
  const own = await stores.jobs.insert({ ...JOB, mediaId: 'unknown', personId: 'anna' });
  await makeReady(own, mediaId(1));
  const other = await stores.jobs.insert({ ...JOB, id: 'other', mediaId: 'x', personId: 'bert', visibility: 'mine' });
  await makeReady(other, mediaId(1));
  await library.change(mediaId(1), { visibility: 'mine' });
  await library.change(mediaId(1), { visibility: 'everyone' });
  expect(await stores.jobs.get(own.id)).toMatchObject({ visibility: 'everyone' });
  expect(await stores.jobs.get(other.id)).toMatchObject({ visibility: 'mine' });
});

test('a change of visibility whose media.json cannot be written: is refused, because it would be lost with the database', async () => {
  await store.save(audioItem(1)); // no directory
  await expect(library.change(mediaId(1), { visibility: 'mine' })).rejects.toThrow('ENOENT');
  expect(await store.get(mediaId(1))).toMatchObject({ visibility: 'everyone' });
});

test('an item with an unfinished job: can neither be renamed nor deleted', async () => {
  const directory = await put(audioItem(1, { state: 'playable' }));
  await expect(library.change(mediaId(1), { title: 'New' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(library.trash.add(mediaId(1))).rejects.toMatchObject({ code: 'conflict' });
  expect(await readdir(directory)).toContain('audio.mp3');
});

test.each(['../etc', '', mediaId(9)])('the id %j: is not found by any call', async (id) => {
  await expect(library.get(id, 'everything')).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.change(id, { title: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.trash.add(id)).rejects.toMatchObject({ code: 'not-found' });
});

test('a delete and a rename at once: the rename is refused', async () => {
  await put(audioItem(1));
  const [deleted, renamed] = await Promise.allSettled([
    library.trash.add(mediaId(1)),
    library.change(mediaId(1), { title: 'x' }),
  ]);
  expect([deleted.status, renamed.status]).toEqual(['fulfilled', 'rejected']);
  expect(await readMediaJson(mediaId(1))).toMatchObject({ title: 'Track 1' });
});

test.each(['missing', 'foreign'] as const)('with the media volume %s: nothing is renamed or deleted', async (state) => {
  const directory = await put(audioItem(1));
  volume = state;
  await expect(library.change(mediaId(1), { title: 'New' })).rejects.toMatchObject({ code: 'media-missing' });
  await expect(library.trash.add(mediaId(1))).rejects.toMatchObject({ code: 'media-missing' });
  expect((await store.get(mediaId(1)))?.title).toBe('Track 1');
  expect(await readdir(directory)).toContain('audio.mp3');
});

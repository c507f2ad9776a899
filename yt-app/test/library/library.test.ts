import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLogger } from '@linkcast/kit';
import { MediaQuery } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createEventBus, type EventEntry } from '../../src/events/event-bus.ts';
import { createLibrary, type Library } from '../../src/library/library.ts';
import { MediaJson, writeMediaJson } from '../../src/library/files/media-json.ts';
import type { LibraryItem } from '../../src/library/items/item-table.ts';
import type { VolumeState } from '../../src/library/volume/library-volume.ts';
import { createItemStore, type ItemStore } from '../../src/library/items/item-store.ts';
import { eventually } from '../fixtures/eventually.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

let mediaDir: string;
let database: AppDatabase;
let store: ItemStore;
let library: Library;
let volume: VolumeState;
let published: EventEntry['event'][];

beforeEach(async () => {
  mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-library-'));
  database = await openAppDatabase(':memory:');
  store = createItemStore(database);
  const events = createEventBus();
  published = [];
  volume = 'present';
  events.subscribe(({ event }) => void published.push(event));
  library = createLibrary({
    store,
    mediaDir,
    volume: { check: () => Promise.resolve(volume) },
    events,
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

test('a rename: changes the row and media.json, and is published', async () => {
  await put(audioItem(1));
  expect(await library.rename(mediaId(1), 'New')).toMatchObject({ title: 'New' });
  expect((await store.get(mediaId(1)))?.title).toBe('New');
  expect(await readMediaJson(mediaId(1))).toMatchObject({
    version: 1,
    title: 'New',
    createdAt: '2026-01-01T00:00:01.000Z',
  });
  expect(published).toMatchObject([{ name: 'media', data: { id: mediaId(1), title: 'New' } }]);
});

test('a delete: removes the row, then the files, and is published', async () => {
  await put(audioItem(1));
  await library.delete(mediaId(1));
  expect(await store.get(mediaId(1))).toBeUndefined();
  expect(await entries()).not.toContain(mediaId(1));
  expect(published).toEqual([{ name: 'media-deleted', data: { id: mediaId(1) } }]);
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

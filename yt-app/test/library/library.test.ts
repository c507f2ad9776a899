import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLogger } from '@linkcast/kit';
import { MediaQuery } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createEventBus, type EventEntry } from '../../src/events/event-bus.ts';
import type { RecoveryClaims } from '../../src/library/recovery/library-recovery.ts';
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

/** A database that has had jobs, none of which is unfinished. */
const CLAIMS: RecoveryClaims = { unfinished: new Set(), leased: new Set(), isDatabaseNew: false };
const NOTHING = { restored: 0, dropped: 0, removed: 0, rebuilt: [], kept: [] };

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

describe('recovery', () => {
  test('with an empty database: the rows are restored from media.json', async () => {
    const facts = audioItem(1, { title: 'Ünïcode "quoted"', durationSeconds: 3.25 });
    await putFiles(facts);
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, restored: 1 });
    expect(await store.get(facts.id)).toEqual({ ...facts, airedAt: null });
  });

  test('with rows without a directory: they are dropped, and the others stay unchanged', async () => {
    await store.save(audioItem(1));
    await put(audioItem(2, { state: 'playable' }));
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, dropped: 1 });
    expect(await store.ids()).toEqual([mediaId(2)]);
  });

  test('with unfinished directories without a job: they are removed; directories with other names stay', async () => {
    await mkdir(path.join(mediaDir, mediaId(1)));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.m3u8'), '#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n');
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.mp4'), 'a beginning');
    await mkdir(path.join(mediaDir, '.work'));
    await mkdir(path.join(mediaDir, 'holiday'));
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, removed: 2 });
    expect(await entries()).toEqual(['.work', 'holiday']);
  });

  test('with the directory of an unfinished job: it is removed with all its files', async () => {
    const directory = await putFiles(audioItem(2, { state: 'playable' }));
    await writeFile(path.join(directory, 'audio.m3u8'), '#EXTM3U\n#EXT-X-ENDLIST\n');
    const claims = { ...CLAIMS, unfinished: new Set([mediaId(2)]) };
    expect(await library.recover(claims)).toEqual({ ...NOTHING, removed: 1 });
    expect(await entries()).toEqual([]);
  });

  test('with a directory that a worker is writing: it stays, without a row', async () => {
    await putFiles(audioItem(2, { state: 'playable' }));
    const claims = { ...CLAIMS, unfinished: new Set([mediaId(2)]), leased: new Set([mediaId(2)]) };
    expect(await library.recover(claims)).toEqual(NOTHING);
    expect(await entries()).toEqual([mediaId(2)]);
  });

  test.each([
    ['is cut short', '{"version":1'],
    ['is empty', ''],
    ['is of another item', undefined],
  ])('with a media.json that %s beside media: the directory stays and is reported', async (_, text) => {
    const directory = await putFiles(audioItem(3));
    if (text === undefined) await writeMediaJson(directory, audioItem(5));
    else await writeFile(path.join(directory, 'media.json'), text);
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, kept: [mediaId(3)] });
    expect(await readdir(directory)).toContain('audio.mp3');
    expect(library.recovery()).toMatchObject({ kept: [mediaId(3)] });
  });

  test('with a lost database: an unfinished directory stays; an empty one is removed', async () => {
    await mkdir(path.join(mediaDir, mediaId(1)));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.mp4'), 'a beginning');
    const claims = { ...CLAIMS, isDatabaseNew: true };
    expect(await library.recover(claims)).toEqual({ ...NOTHING, removed: 1, kept: [mediaId(2)] });
    expect(await entries()).toEqual([mediaId(2)]);
  });

  test('with a media.json of a newer version: the directory stays unchanged', async () => {
    const directory = await putFiles(audioItem(1));
    await writeFile(path.join(directory, 'media.json'), '{"version":2}');
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, kept: [mediaId(1)] });
    expect(await readdir(directory)).toContain('audio.mp3');
  });

  test('with symbolic links: neither a linked directory nor a linked media.json is read as an item', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'linkcast-outside-'));
    await writeMediaJson(outside, audioItem(1));
    await symlink(outside, path.join(mediaDir, mediaId(1)));
    await store.save(audioItem(1));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeMediaJson(outside, audioItem(2));
    await symlink(path.join(outside, 'media.json'), path.join(mediaDir, mediaId(2), 'media.json'));
    expect(await library.recover(CLAIMS)).toEqual({ ...NOTHING, dropped: 1, removed: 1 });
    expect(await readdir(outside)).toEqual(['media.json']);
    await rm(outside, { recursive: true });
  });

  test('with files left in the trash: they are deleted', async () => {
    await mkdir(path.join(mediaDir, '.trash', 'x'), { recursive: true });
    await library.recover(CLAIMS);
    expect(await entries()).toEqual([]);
  });

  test('without a media directory: makes one', async () => {
    await rm(mediaDir, { recursive: true });
    expect(await library.recover(CLAIMS)).toEqual(NOTHING);
    expect(await entries()).toEqual([]);
  });
});

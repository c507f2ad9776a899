import {
  mkdir,
  mkdtemp,
  mkdtempDisposable,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLogger, digestFile } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { readMediaJson, writeMediaJson, type MediaJsonReading } from '../../src/library/files/media-json.ts';
import type { LibraryItem } from '../../src/library/items/item-table.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { createLibrary, type Library } from '../../src/library/library.ts';
import { createPacedDigest } from '../../src/library/scrub/paced-digest.ts';
import type { VolumeState } from '../../src/library/volume/library-volume.ts';
import { createDamageSource } from '../../src/notices/sources/damage-source.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const DAY_MS = 86_400_000;
const LOST_FILES = { cause: 'storage', seconds: null, ranges: [], source: null, repair: null } as const;
const ARRIVED = { seconds: 1.2, ranges: [{ from: 29, to: 30.2 }] };
const LIVE = new AbortController().signal;

let mediaDir: string;
let database: AppDatabase;
let store: ItemStore;
let library: Library;
let volume: VolumeState;
let nowMs: number;
let stores: ReturnType<typeof storesOf>;

function openLibrary(): Library {
  return createLibrary({
    store,
    mediaDir,
    volume: { check: () => Promise.resolve(volume) },
    logger: createLogger({ service: 'test', level: 'silent' }),
    clock: () => nowMs,
  });
}

const fileOf = (number: number): string => path.join(mediaDir, mediaId(number), 'audio.mp3');
const damagedIds = async () => (await library.scrub.damaged()).map(({ id }) => id);
const damageOf = async (number: number) => (await store.get(mediaId(number)))?.damage;

const factsOf = (reading: MediaJsonReading) => (reading.kind === 'facts' ? reading.facts : undefined);

/** Publishes an item of one MP3; without checksums as versions before had it. */
async function put(
  number: number,
  { withChecksums, damage = null }: { withChecksums: boolean; damage?: LibraryItem['damage'] },
): Promise<void> {
  const item = audioItem(number, { renditions: [], hasPoster: false, damage });
  const directory = path.join(mediaDir, item.id);
  await mkdir(directory);
  await writeFile(fileOf(number), `sound ${number}`);
  const files = withChecksums ? [{ name: 'audio.mp3', ...(await digestFile(fileOf(number))) }] : [];
  await writeMediaJson(directory, item, { files });
  await store.save(item);
}

/** Checks everything that is due. @returns the number of checked items. */
async function checkAll(): Promise<number> {
  let count = 0;
  while (await library.scrub.checkNext(LIVE)) count += 1;
  return count;
}

eachDatabase((openDatabase) => {
  beforeEach(async () => {
    mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-scrub-'));
    database = await openDatabase();
    stores = storesOf(database);
    store = stores.items;
    volume = 'present';
    nowMs = Date.UTC(2026, 5, 1);
    library = openLibrary();
  });
  afterEach(async () => {
    await database.close();
    await rm(mediaDir, { recursive: true });
  });

  test('items in order: are checked once in 30 days, also over a restart', async () => {
    for (const number of [1, 2, 3]) await put(number, { withChecksums: true });
    expect(await library.scrub.checkNext(LIVE)).toBe(true);
    library = openLibrary();
    expect(await checkAll()).toBe(2);
    expect(await checkAll()).toBe(0);
    nowMs += 31 * DAY_MS;
    expect(await checkAll()).toBe(3);
    expect(await damagedIds()).toEqual([]);
  });

  test.each([
    ['missing', () => rm(fileOf(2))],
    ['cut short', () => truncate(fileOf(2), 3)],
    ['changed, with the same length', () => writeFile(fileOf(2), 'noise 2')],
    [
      'replaced by a link to the same content',
      () => rename(fileOf(2), `${fileOf(2)}.x`).then(() => symlink(`${fileOf(2)}.x`, fileOf(2))),
    ],
    ['missing, together with their folder', () => rm(path.dirname(fileOf(2)), { recursive: true })],
  ])('files that are %s: the item says so, one notice and one event too', async (_name, damage) => {
    for (const number of [1, 2, 3]) await put(number, { withChecksums: true });
    await damage();
    await checkAll();
    expect(await damageOf(2)).toEqual(LOST_FILES);
    expect([await damageOf(1), await damageOf(3)]).toEqual([null, null]);
    expect(await damagedIds()).toEqual([mediaId(2)]);
    const notices = await createDamageSource(library).observe(new Map());
    expect(notices).toMatchObject([{ severity: 'warning', message: { facts: { count: 1 } } }]);
    const events = (await stores.events()).filter((event) => event.name === 'media' && event.data.damage !== null);
    expect(events).toHaveLength(1);
  });

  test('files that come back: the item is whole again after a day, and the notice ends', async () => {
    await put(1, { withChecksums: true });
    await rename(fileOf(1), `${fileOf(1)}.away`);
    await checkAll();
    await rename(`${fileOf(1)}.away`, fileOf(1));
    expect(await checkAll()).toBe(0);
    nowMs += 2 * DAY_MS;
    await checkAll();
    expect(await damageOf(1)).toBeNull();
    expect(await createDamageSource(library).observe(new Map())).toEqual([]);
  });

  test('an item that arrived damaged, and then loses files and gets them back: keeps both notes, in its row and in media.json', async () => {
    const arrived = { cause: 'source', ...ARRIVED, source: null, repair: null } as const;
    const both = { ...LOST_FILES, source: ARRIVED };
    const noted = async () => [await damageOf(1), factsOf(await readMediaJson(path.dirname(fileOf(1))))?.damage];
    await put(1, { withChecksums: true, damage: arrived });
    await rename(fileOf(1), `${fileOf(1)}.away`);
    await checkAll();
    expect(await noted()).toEqual([both, both]);
    expect(await damagedIds()).toEqual([mediaId(1)]);
    await rename(`${fileOf(1)}.away`, fileOf(1));
    nowMs += 2 * DAY_MS;
    await checkAll();
    expect(await noted()).toEqual([arrived, arrived]);
    expect(await damagedIds()).toEqual([]);
  });

  test('media.json and a row of the version before: their damage is read, and kept beside new damage', async () => {
    await put(1, { withChecksums: true });
    const older = { cause: 'source', ...ARRIVED } as const;
    const file = path.join(path.dirname(fileOf(1)), 'media.json');
    const content = z.looseObject({}).parse(JSON.parse(await readFile(file, 'utf8')));
    await writeFile(file, JSON.stringify({ ...content, damage: older }));
    await database
      .tables<{ media: { damage: string } }>()
      .updateTable('media')
      .set({ damage: JSON.stringify(older) })
      .execute();
    expect(factsOf(await readMediaJson(path.dirname(fileOf(1))))?.damage).toEqual({
      ...older,
      source: null,
      repair: null,
    });
    await truncate(fileOf(1), 3);
    await checkAll();
    expect(await damageOf(1)).toEqual({ ...LOST_FILES, source: ARRIVED });
  });

  test('an item without checksums: gets them at its first check, and a change after it is found', async () => {
    await put(1, { withChecksums: false });
    await checkAll();
    const reading = await readMediaJson(path.join(mediaDir, mediaId(1)));
    expect(reading).toMatchObject({ files: [{ name: 'audio.mp3', ...(await digestFile(fileOf(1))) }] });
    await library.change(mediaId(1), { title: 'Another' });
    expect(await readMediaJson(path.join(mediaDir, mediaId(1)))).toMatchObject({
      facts: { title: 'Another' },
      files: [{ name: 'audio.mp3' }],
    });
    await writeFile(fileOf(1), 'noise 1');
    nowMs += 31 * DAY_MS;
    await checkAll();
    expect(await damageOf(1)).toMatchObject({ cause: 'storage' });
  });

  test('a volume that disappears during a check: nothing counts as damaged', async () => {
    await put(1, { withChecksums: true });
    await rm(path.dirname(fileOf(1)), { recursive: true });
    let checks = 0;
    library = createLibrary({
      store,
      mediaDir,
      volume: { check: () => Promise.resolve((checks += 1) > 1 ? 'missing' : 'present') },
      logger: createLogger({ service: 'test', level: 'silent' }),
      clock: () => nowMs,
    });
    await expect(library.scrub.checkNext(LIVE)).rejects.toMatchObject({ code: 'media-missing' });
    expect(await damageOf(1)).toBeNull();
    expect(await damagedIds()).toEqual([]);
  });

  test('an item deleted during a check: stays deleted, without a folder', async () => {
    await put(1, { withChecksums: true });
    await truncate(fileOf(1), 1);
    const checking = library.scrub.checkNext(LIVE);
    await store.remove(mediaId(1));
    await rm(path.dirname(fileOf(1)), { recursive: true, maxRetries: 5 }); // the check may write into it meanwhile
    await checking;
    expect(await store.get(mediaId(1))).toBeUndefined();
    await expect(readFile(fileOf(1))).rejects.toThrow('ENOENT');
  });
});

test('3 MB at 10 MB a second: take a third of a second, and give the checksum', async () => {
  await using folder = await mkdtempDisposable(path.join(os.tmpdir(), 'linkcast-scrub-'));
  const file = path.join(folder.path, 'large');
  await writeFile(file, Buffer.alloc(3e6, 7));
  const beganAt = performance.now();
  expect(await createPacedDigest(10e6)(file, LIVE)).toEqual(await digestFile(file));
  expect(performance.now() - beganAt).toBeGreaterThan(250);
});

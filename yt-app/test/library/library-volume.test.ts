import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mediaMarker } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createLibraryVolume, type LibraryVolume, type VolumeState } from '../../src/library/volume/library-volume.ts';
import { createVolumeWatch, type VolumeWatch } from '../../src/library/volume/volume-watch.ts';
import { eventually } from '../fixtures/eventually.ts';
import { mediaId } from '../fixtures/library-items.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const OTHER_ID = 'zzzzzzzzzzzzzzzzzzzz';

let root: string;
let mediaDir: string;
let databases: AppDatabase[];
let items: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'linkcast-volume-'));
  mediaDir = path.join(root, 'media');
  databases = [];
  items = [];
});
afterEach(async () => {
  for (const database of databases) await database.close();
  await rm(root, { recursive: true });
});

/** A volume with a database of its own, in the order in which they are made. */
async function openVolume(): Promise<LibraryVolume> {
  const database = await openAppDatabase(':memory:');
  databases.push(database);
  return volumeOn(database);
}

/** The first check of a new volume. */
async function checkNewVolume(): Promise<VolumeState> {
  return (await openVolume()).check();
}

const volumeOn = (database: AppDatabase | undefined): LibraryVolume => {
  if (!database) throw new Error('no volume was opened');
  return createLibraryVolume({ mediaDir, database, itemIds: () => Promise.resolve(items), logger });
};
const marker = () => readFile(path.join(mediaDir, mediaMarker), 'utf8');
const writeMarker = (text: string) => writeFile(path.join(mediaDir, mediaMarker), text);

describe('the marker of the media volume', () => {
  test('in a new installation: is made with its directory, and recognised after a restart', async () => {
    expect(await checkNewVolume()).toBe('present');
    expect(await marker()).toMatch(/^[a-z2-7]{20}\n$/);
    expect(await volumeOn(databases[0]).check()).toBe('present');
  });

  test('with several first checks at once: is made once', async () => {
    const volume = await openVolume();
    expect(new Set(await Promise.all([volume.check(), volume.check(), volume.check()]))).toEqual(new Set(['present']));
    expect(await volumeOn(databases[0]).check()).toBe('present');
  });

  test('before the first check: counts as missing', async () => {
    expect((await openVolume()).last().state).toBe('missing');
  });

  test.each([
    ['with an empty folder', () => mkdir(mediaDir)],
    ['without the folder', () => Promise.resolve()],
    ['with a file in its place', () => writeFile(mediaDir, '')],
    ['with a folder of an unknown item', () => mkdir(path.join(mediaDir, mediaId(9)), { recursive: true })],
  ])('in a volume, later %s: the volume is missing, and no marker is made', async (_, make) => {
    await checkNewVolume();
    await rename(mediaDir, path.join(root, 'unmounted'));
    await make();
    expect(await volumeOn(databases[0]).check()).toBe('missing');
    await expect(marker()).rejects.toThrow();
  });

  test('in a volume unmounted and mounted again: the volume is present again', async () => {
    await checkNewVolume();
    await rename(mediaDir, path.join(root, 'unmounted'));
    expect(await volumeOn(databases[0]).check()).toBe('missing');
    await rename(path.join(root, 'unmounted'), mediaDir);
    expect(await volumeOn(databases[0]).check()).toBe('present');
  });

  test.each([
    ['of another installation', `${OTHER_ID}\n`],
    ['that we did not write', 'hello'],
  ])('%s: the volume is foreign, and the marker stays', async (_, text) => {
    await checkNewVolume();
    await writeMarker(text);
    expect(await volumeOn(databases[0]).check()).toBe('foreign');
    expect(await marker()).toBe(text);
  });

  test('replaced by a symbolic link to it: the volume is foreign', async () => {
    await checkNewVolume();
    await rename(path.join(mediaDir, mediaMarker), path.join(root, 'marker'));
    await symlink(path.join(root, 'marker'), path.join(mediaDir, mediaMarker));
    expect(await volumeOn(databases[0]).check()).toBe('foreign');
  });

  test('empty: is accepted and written again', async () => {
    await checkNewVolume();
    const before = await marker();
    await rm(mediaDir, { recursive: true });
    await mkdir(mediaDir);
    await writeMarker('');
    expect(await volumeOn(databases[0]).check()).toBe('present');
    expect(await marker()).toBe(before);
  });

  test('with a lost database: is adopted', async () => {
    await checkNewVolume();
    const before = await marker();
    expect(await checkNewVolume()).toBe('present');
    expect(await marker()).toBe(before);
    await writeMarker(`${OTHER_ID}\n`);
    expect(await volumeOn(databases[1]).check()).toBe('foreign');
  });

  test('of another installation: the volume is foreign', async () => {
    await checkNewVolume();
    const own = mediaDir;
    mediaDir = path.join(root, 'other');
    await checkNewVolume();
    mediaDir = own;
    expect(await volumeOn(databases[1]).check()).toBe('foreign');
  });
});

describe('an installation of the version without markers', () => {
  beforeEach(() => {
    items = [mediaId(1), mediaId(2)];
  });

  test('with the folder of at least one item: makes the marker', async () => {
    await mkdir(path.join(mediaDir, mediaId(2)), { recursive: true });
    expect(await checkNewVolume()).toBe('present');
    expect(await marker()).toMatch(/^[a-z2-7]{20}\n$/);
  });

  test.each([
    ['no folder', () => mkdir(mediaDir)],
    ['a folder of another item', () => mkdir(path.join(mediaDir, mediaId(9)), { recursive: true })],
    [
      'a file named like an item',
      async () => {
        await mkdir(mediaDir);
        await writeFile(path.join(mediaDir, mediaId(1)), '');
      },
    ],
  ])('with %s, but items in the database: finds the volume missing', async (_, make) => {
    await make();
    expect(await checkNewVolume()).toBe('missing');
    await expect(marker()).rejects.toThrow();
  });

  test('with a marker of another installation and no folder of ours: finds the volume foreign', async () => {
    await mkdir(mediaDir);
    await writeMarker(`${OTHER_ID}\n`);
    expect(await checkNewVolume()).toBe('foreign');
  });
});

describe('the watch of the media volume', () => {
  let watch: VolumeWatch;
  let recoveries: number;
  let starts: number;
  afterEach(() => watch.stop());

  const startWatch = async (): Promise<void> => {
    recoveries = 0;
    starts = 0;
    watch = createVolumeWatch({ volume: await openVolume(), logger, everyMs: 10 });
    await watch.start({
      recover: () => Promise.resolve(void (recoveries += 1)),
      onReady: () => void (starts += 1),
    });
  };

  test('a missing volume: nothing is recovered; when it appears, recovery runs, then work continues', async () => {
    items = [mediaId(1)];
    await startWatch();
    expect([watch.isReady(), recoveries, starts]).toEqual([false, 0, 0]);
    await mkdir(path.join(mediaDir, mediaId(1)), { recursive: true });
    await eventually(() => expect([watch.isReady(), recoveries, starts]).toEqual([true, 1, 1]));
  });

  test('a volume that disappears and returns: work stops and continues, without a second recovery', async () => {
    await startWatch();
    await eventually(() => expect([watch.isReady(), recoveries, starts]).toEqual([true, 1, 1]));
    await rename(mediaDir, path.join(root, 'unmounted'));
    await eventually(() => expect(watch.isReady()).toBe(false));
    await rename(path.join(root, 'unmounted'), mediaDir);
    await eventually(() => expect([watch.isReady(), recoveries, starts]).toEqual([true, 1, 2]));
  });

  test('a recovery that fails: runs again, and no work starts before it has succeeded', async () => {
    let attempts = 0;
    let readyAtAttempt: number | undefined;
    watch = createVolumeWatch({ volume: await openVolume(), logger, everyMs: 10 });
    await watch.start({
      recover: () => ((attempts += 1) < 2 ? Promise.reject(new Error('no database')) : Promise.resolve()),
      onReady: () => void (readyAtAttempt = attempts),
    });
    expect([watch.isPresent(), watch.isReady()]).toEqual([true, false]);
    await eventually(() => expect([watch.isReady(), readyAtAttempt]).toEqual([true, 2]));
  });

  test('a stop during a recovery: aborts it, and resolves when it has ended', async () => {
    let isRunning = false;
    watch = createVolumeWatch({ volume: await openVolume(), logger });
    await watch.start({
      async recover(signal) {
        isRunning = true;
        await once(signal, 'abort');
        isRunning = false;
        signal.throwIfAborted();
      },
      onReady: () => undefined,
    });
    await eventually(() => expect(isRunning).toBe(true));
    await watch.stop();
    expect([isRunning, watch.isReady()]).toEqual([false, false]);
  });
});

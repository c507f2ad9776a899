import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLogger } from '@linkcast/kit';
import { Problem } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { writeMediaJson } from '../../src/library/files/media-json.ts';
import type { LibraryItem } from '../../src/library/items/item-table.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { checkRecovery } from '../../src/library/library-health.ts';
import { createLibrary, type Library } from '../../src/library/library.ts';
import type { Recovery } from '../../src/library/recovery/library-recovery.ts';
import type { RecoveryClaims } from '../../src/library/recovery/recovery-claims.ts';
import type { VolumeState } from '../../src/library/volume/library-volume.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

/** A database that has had jobs, none of which is unfinished. */
const CLAIMS: RecoveryClaims = { unfinished: new Set(), leased: new Set(), repaired: new Set(), isDatabaseNew: false };
const NOTHING = { restored: 0, dropped: 0, removed: 0, rebuilt: [], kept: [] };

eachDatabase((openDatabase) => {
  let mediaDir: string;
  let database: AppDatabase;
  let stores: ReturnType<typeof storesOf>;
  let store: ItemStore;
  let library: Library;
  /** The state of the media volume at the next check. */
  let checkVolume: () => VolumeState;

  beforeEach(async () => {
    mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-recovery-'));
    database = await openDatabase();
    stores = storesOf(database);
    store = stores.items;
    checkVolume = () => 'present';
    library = createLibrary({
      store,
      mediaDir,
      volume: { check: () => Promise.resolve(checkVolume()) },
      logger: createLogger({ service: 'test', level: 'silent' }),
    });
  });
  afterEach(async () => {
    await database.close();
    await rm(mediaDir, { recursive: true });
  });

  const recover = (claims = CLAIMS, signal = new AbortController().signal): Promise<Recovery> =>
    library.recover(claims, signal);
  const entries = async () => (await readdir(mediaDir)).sort();
  const putFiles = async (facts: LibraryItem): Promise<string> => {
    const directory = path.join(mediaDir, facts.id);
    await mkdir(directory);
    await writeFile(path.join(directory, 'audio.mp3'), 'sound');
    await writeMediaJson(directory, facts);
    return directory;
  };
  const put = async (facts: LibraryItem): Promise<string> => {
    await store.save(facts);
    return putFiles(facts);
  };

  test('a recovery: stores one reset for each batch that changes rows, and none when nothing has changed', async () => {
    await putFiles(audioItem(1));
    await putFiles(audioItem(2));
    await recover();
    expect(await stores.events()).toEqual([{ name: 'reset', data: {} }]);
    await recover();
    expect(await stores.events()).toHaveLength(1);
    await rm(path.join(mediaDir, mediaId(1)), { recursive: true });
    await recover();
    expect(await stores.events()).toHaveLength(2);
  });

  test('a recovery with an empty database: the rows are restored from media.json', async () => {
    const facts = audioItem(1, { title: 'Ünïcode "quoted"', durationSeconds: 3.25 });
    await putFiles(facts);
    expect(await recover()).toEqual({ ...NOTHING, restored: 1 });
    expect(await store.get(facts.id)).toEqual({ ...facts, airedAt: null });
  });

  test('a recovery with rows without a directory: they are dropped, and the others stay unchanged', async () => {
    await store.save(audioItem(1));
    await put(audioItem(2, { state: 'playable' }));
    expect(await recover()).toEqual({ ...NOTHING, dropped: 1 });
    expect(await store.ids()).toEqual([mediaId(2)]);
  });

  test('a recovery with unfinished directories without a job: they are removed; directories with other names stay', async () => {
    await mkdir(path.join(mediaDir, mediaId(1)));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.m3u8'), '#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n');
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.mp4'), 'a beginning');
    await mkdir(path.join(mediaDir, '.work'));
    await mkdir(path.join(mediaDir, 'holiday'));
    expect(await recover()).toEqual({ ...NOTHING, removed: 2 });
    expect(await entries()).toEqual(['.work', 'holiday']);
  });

  test('a recovery with the directory of an unfinished job: it is removed with all its files', async () => {
    const directory = await putFiles(audioItem(2, { state: 'playable' }));
    await writeFile(path.join(directory, 'audio.m3u8'), '#EXTM3U\n#EXT-X-ENDLIST\n');
    const claims = { ...CLAIMS, unfinished: new Set([mediaId(2)]) };
    expect(await recover(claims)).toEqual({ ...NOTHING, removed: 1 });
    expect(await entries()).toEqual([]);
  });

  test('a recovery with a directory that a worker is writing: it stays, without a row', async () => {
    await putFiles(audioItem(2, { state: 'playable' }));
    const claims = { ...CLAIMS, unfinished: new Set([mediaId(2)]), leased: new Set([mediaId(2)]) };
    expect(await recover(claims)).toEqual(NOTHING);
    expect(await entries()).toEqual([mediaId(2)]);
  });

  test.each([
    ['is cut short', '{"version":1'],
    ['is empty', ''],
    ['is of another item', undefined],
  ])('a recovery with a media.json that %s beside media: the directory stays and is reported', async (_, text) => {
    const directory = await putFiles(audioItem(3));
    if (text === undefined) await writeMediaJson(directory, audioItem(5));
    else await writeFile(path.join(directory, 'media.json'), text);
    expect(await recover()).toEqual({ ...NOTHING, kept: [mediaId(3)] });
    expect(await readdir(directory)).toContain('audio.mp3');
    expect(library.recovery()).toMatchObject({ kept: [mediaId(3)] });
  });

  test('a recovery with a lost database: an unfinished directory stays; an empty one is removed', async () => {
    await mkdir(path.join(mediaDir, mediaId(1)));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeFile(path.join(mediaDir, mediaId(2), 'v720.mp4'), 'a beginning');
    const claims = { ...CLAIMS, isDatabaseNew: true };
    expect(await recover(claims)).toEqual({ ...NOTHING, removed: 1, kept: [mediaId(2)] });
    expect(await entries()).toEqual([mediaId(2)]);
  });

  test('a recovery with a media.json of a newer version: the directory stays unchanged', async () => {
    const directory = await putFiles(audioItem(1));
    await writeFile(path.join(directory, 'media.json'), '{"version":2}');
    expect(await recover()).toEqual({ ...NOTHING, kept: [mediaId(1)] });
    expect(await readdir(directory)).toContain('audio.mp3');
  });

  test('a recovery with symbolic links: neither a linked directory nor a linked media.json is read as an item', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'linkcast-outside-'));
    await writeMediaJson(outside, audioItem(1));
    await symlink(outside, path.join(mediaDir, mediaId(1)));
    await store.save(audioItem(1));
    await mkdir(path.join(mediaDir, mediaId(2)));
    await writeMediaJson(outside, audioItem(2));
    await symlink(path.join(outside, 'media.json'), path.join(mediaDir, mediaId(2), 'media.json'));
    expect(await recover()).toEqual({ ...NOTHING, dropped: 1, removed: 1 });
    expect(await readdir(outside)).toEqual(['media.json']);
    await rm(outside, { recursive: true });
  });

  test('a recovery with files left in the trash: they are deleted', async () => {
    await mkdir(path.join(mediaDir, '.trash', 'x'), { recursive: true });
    await recover();
    expect(await entries()).toEqual([]);
  });

  test('a recovery without a media directory: makes one', async () => {
    await rm(mediaDir, { recursive: true });
    expect(await recover()).toEqual(NOTHING);
    expect(await entries()).toEqual([]);
  });

  test('more items than one batch has: all are restored, and the result is not known before', async () => {
    await Promise.all(range(3000).map((number) => putFiles(audioItem(number, { id: manyIds(number) }))));
    const recovering = recover();
    expect(library.recovery()).toBeUndefined();
    expect(checkRecovery(library)).toMatchObject({ ok: true, message: { code: 'library-checking' } });
    expect(await recovering).toEqual({ ...NOTHING, restored: 3000 });
    expect(checkRecovery(library)).toMatchObject({ ok: true, message: { code: 'library-in-order' } });
    expect(await store.ids()).toHaveLength(3000);
  });

  test('items deleted and renamed during a recovery: stay deleted and renamed', async () => {
    const purge = async (id: string) => {
      await store.setDeleted(id, 1);
      await library.trash.purge(id);
    };
    const ids = range(3000).map(manyIds);
    await Promise.all(ids.map((id, number) => putFiles(audioItem(number, { id }))));
    const recovering = recover();
    const changed = new Set<string>();
    const deleted = new Set<string>();
    const progress = { isOver: false };
    void recovering.finally(() => (progress.isOver = true));
    for (let turn = 0; !progress.isOver; turn += 1) {
      await nextTurn();
      const [id] = (await store.ids()).filter((each) => !changed.has(each));
      if (id === undefined) continue;
      changed.add(id);
      if (turn % 2 === 0) await library.change(id, { title: 'Renamed' });
      else await purge(id).then(() => deleted.add(id));
    }
    await recovering;
    expect(changed.size).toBeGreaterThan(2);
    const records = (await Promise.all(ids.map((id) => store.get(id)))).filter((record) => record !== undefined);
    const kept = new Set(records.map(({ id }) => id));
    expect(ids.filter((id) => !kept.has(id))).toEqual(ids.filter((id) => deleted.has(id)));
    const renamed = records.filter(({ title }) => title === 'Renamed').map(({ id }) => id);
    expect(renamed.toSorted()).toEqual([...changed].filter((id) => !deleted.has(id)).toSorted());
    expect((await entries()).filter((name) => deleted.has(name))).toEqual([]);
  });

  test('an item that gets its row and its directory during a recovery: is neither dropped nor overwritten', async () => {
    for (const number of range(5)) await putFiles(audioItem(number));
    checkVolume = () => {
      checkVolume = () => 'present';
      added = Promise.all([store.save(audioItem(4, { title: 'Of a call' })), put(audioItem(9))]);
      return 'present';
    };
    let added: Promise<unknown> = Promise.resolve();
    await recover();
    await added;
    expect((await store.get(mediaId(4)))?.title).toBe('Of a call');
    expect(await store.ids()).toHaveLength(6);
  });

  test('a volume that disappears during a recovery: no row is dropped, no directory is removed; a later one completes it', async () => {
    await store.save(audioItem(1));
    await mkdir(path.join(mediaDir, mediaId(2)));
    checkVolume = () => 'missing';
    await expect(recover()).rejects.toEqual(new Problem('media-missing'));
    expect(await store.ids()).toEqual([mediaId(1)]);
    expect(await entries()).toEqual([mediaId(2)]);
    expect(library.recovery()).toBeUndefined();
    checkVolume = () => 'present';
    expect(await recover()).toEqual({ ...NOTHING, dropped: 1, removed: 1 });
  });

  test('a stop: the recovery rejects, and a later one restores the rest', async () => {
    await putFiles(audioItem(1));
    await expect(recover(CLAIMS, AbortSignal.abort())).rejects.toThrow();
    expect(await store.ids()).toEqual([]);
    expect(await recover()).toEqual({ ...NOTHING, restored: 1 });
  });

  test('a row without a directory whose item a worker is making: stays', async () => {
    await store.save(audioItem(1, { state: 'playable' }));
    expect(await recover({ ...CLAIMS, leased: new Set([mediaId(1)]) })).toEqual(NOTHING);
    expect(await store.ids()).toEqual([mediaId(1)]);
  });
});

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** A valid media id for a number below a million. */
function manyIds(number: number): string {
  const LETTERS = 'abcdefghij';
  return Array.from(String(number).padStart(20, '0'), (digit) => LETTERS.charAt(Number(digit))).join('');
}

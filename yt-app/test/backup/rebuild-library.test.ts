import { createLogger, lockFolder } from '@linkcast/kit';
import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { mediaMarker } from '@linkcast/contracts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { openAppDatabase } from '../../src/database/app-database.ts';
import { writeMediaJson } from '../../src/library/files/media-json.ts';
import { rebuildLibrary } from '../../src/rebuild-library/rebuild-library.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const MAIN = path.resolve(import.meta.dirname, '../../src/rebuild-library/main.ts');
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

/** A media volume with the folders of three items. */
async function makeFolders(): Promise<{ root: string; mediaDir: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'linkcast-rebuild-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const mediaDir = path.join(root, 'media');
  for (const number of [1, 2, 3]) {
    const folder = path.join(mediaDir, mediaId(number));
    await mkdir(folder, { recursive: true });
    await writeMediaJson(folder, audioItem(number));
  }
  await writeFile(path.join(mediaDir, mediaMarker), 'aaaaaaaaaaaaaaaaaaaa\n');
  return { root, mediaDir };
}
const logger = createLogger({ service: 'test', destination: { write: () => undefined } });

describe.each(['SQLite', 'PostgreSQL'])('rebuildLibrary with %s', (kind) => {
  test('an empty database: gets a row for each folder; a row without a folder is removed', async () => {
    const { mediaDir } = await makeFolders();
    const database = await openAppDatabase(kind === 'SQLite' ? ':memory:' : await server.createDatabase());
    onTestFinished(() => database.close());
    const { items } = storesOf(database);
    const options = { database, mediaDir, logger, signal: new AbortController().signal };
    expect(await rebuildLibrary(options)).toMatchObject({ restored: 3, dropped: 0, rebuilt: [], kept: [] });
    expect((await items.ids()).toSorted()).toEqual([1, 2, 3].map(mediaId));
    expect(await items.get(mediaId(2))).toMatchObject({ title: 'Track 2', state: 'ready' });
    await items.save(audioItem(9));
    expect(await rebuildLibrary(options)).toMatchObject({ restored: 0, dropped: 1 });
    expect(await items.get(mediaId(9))).toBeUndefined();
  });

  test('collections: are made again from the items that have them, with their order, titles and people', async () => {
    const { mediaDir } = await makeFolders();
    const place = (number: number, position: number) => {
      const collection = {
        ...{ id: mediaId(500 + number), title: `List ${number}`, sourceKey: `example.com/${number}` },
        ...{ personId: 'anna', visibility: 'mine' as const, createdAt: 1_790_000_000_000 },
      };
      return { collection, position };
    };
    await writeMediaJson(path.join(mediaDir, mediaId(1)), audioItem(1), { collections: [place(1, 2)] });
    await writeMediaJson(path.join(mediaDir, mediaId(2)), audioItem(2), { collections: [place(1, 1), place(2, 7)] });
    const older = JSON.parse(await readFile(path.join(mediaDir, mediaId(3), 'media.json'), 'utf8')) as object;
    await writeFile(
      path.join(mediaDir, mediaId(3), 'media.json'),
      JSON.stringify({ ...older, collections: undefined }),
    );

    const database = await openAppDatabase(kind === 'SQLite' ? ':memory:' : await server.createDatabase());
    onTestFinished(() => database.close());
    const { items } = storesOf(database);
    const options = { database, mediaDir, logger, signal: new AbortController().signal };
    expect(await rebuildLibrary(options)).toMatchObject({ restored: 3 });
    expect(await items.collections.entriesOf(mediaId(2))).toEqual([place(1, 1), place(2, 7)]);
    expect(await items.collections.itemsOf(mediaId(501))).toEqual([2, 1].map(mediaId));
    expect(await items.collections.entriesOf(mediaId(3))).toEqual([]);

    await rm(path.join(mediaDir, mediaId(2)), { recursive: true });
    expect(await rebuildLibrary(options)).toMatchObject({ dropped: 1 });
    expect(await items.collections.get(mediaId(502))).toBeUndefined();
    expect(await items.collections.itemsOf(mediaId(501))).toEqual([mediaId(1)]);
  });

  test('an item whose collections cannot be read: is restored without them', async () => {
    const { mediaDir } = await makeFolders();
    const file = path.join(mediaDir, mediaId(1), 'media.json');
    const content = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...content, collections: [{ id: '../../etc', position: -1 }] }));
    const database = await openAppDatabase(kind === 'SQLite' ? ':memory:' : await server.createDatabase());
    onTestFinished(() => database.close());
    const options = { database, mediaDir, logger, signal: new AbortController().signal };
    expect(await rebuildLibrary(options)).toMatchObject({ restored: 3, rebuilt: [] });
    expect(await storesOf(database).items.get(mediaId(1))).toMatchObject({ title: 'Track 1' });
  });

  test('a volume without its marker: is left alone, and so are the rows', async () => {
    const { mediaDir } = await makeFolders();
    const database = await openAppDatabase(kind === 'SQLite' ? ':memory:' : await server.createDatabase());
    onTestFinished(() => database.close());
    const options = { database, mediaDir, logger, signal: new AbortController().signal };
    await rebuildLibrary(options); // the database knows the marker from now on
    await rm(path.join(mediaDir, mediaMarker));
    await rm(path.join(mediaDir, mediaId(1)), { recursive: true });
    expect(await rebuildLibrary(options)).toBeUndefined();
    expect(await storesOf(database).items.ids()).toHaveLength(3);
  });
});

describe('the program', () => {
  const run = async (root: string): Promise<[code: number | null, output: string]> => {
    const env = { PATH: process.env['PATH'], DATA_DIR: path.join(root, 'data'), MEDIA_DIR: path.join(root, 'media') };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return [child.exitCode, stdout + stderr];
  };

  test('says what has changed', async () => {
    const { root } = await makeFolders();
    const [code, output] = await run(root);
    expect(output).toMatch(/^The library agrees with the media folders: 3 items added/);
    expect(code).toBe(0);
  });

  test('while yt-app runs: refuses with a sentence', async () => {
    const { root } = await makeFolders();
    const lock = lockFolder(path.join(root, 'data'), 'yt-app');
    onTestFinished(() => lock.release());
    const [code, output] = await run(root);
    expect(output).toContain('Stop it first. Nothing was changed.');
    expect(code).toBe(1);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MediaQuery } from '@linkcast/contracts';
import { openDatabase } from '@linkcast/kit';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';
import { mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let file: string;
beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'linkcast-search-')), 'db.sqlite');
});
afterEach(() => rm(path.dirname(file), { recursive: true }));

const INSERT = `
  INSERT INTO media (id, type, title, title_key, uploader, source_url, source_key, bytes, renditions, handling, state, has_poster,
    has_file, created_at)
  VALUES (?, 'video', ?, 't', 'Édith', 'u', 'k', 1, '[]', 'copied', 'ready', 0, 0, 0)`;

test('an item of a database of the earlier version: is found by title and uploader, and after a rename by the new title', async () => {
  const before = openDatabase(file, SQLITE_HISTORY);
  before.prepare(INSERT).run(mediaId(1), '방탄소년단');
  before.close();

  const database = await openAppDatabase(file);
  const store = storesOf(database).items;
  const found = async (q: string) => (await store.list(MediaQuery.parse({ q }), 'everything')).records.length;
  expect(await Promise.all(['방탄', 'edi', 'x'].map(found))).toEqual([1, 1, 0]);
  await store.rename(mediaId(1), 'Another');
  expect(await Promise.all(['방탄', 'ano', 'edi'].map(found))).toEqual([0, 1, 1]);
  await database.close();
});

test('a database of a newer version: is refused', async () => {
  const database = await openAppDatabase(file);
  await sql`PRAGMA user_version = 1000`.execute(database.tables());
  await database.close();
  await expect(openAppDatabase(file)).rejects.toThrow('it is older than the data');
});

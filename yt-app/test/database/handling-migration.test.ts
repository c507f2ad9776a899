import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { handlingMigration } from '../../src/database/migrations/sqlite-history/handling-migration.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';
import { readMediaJson, writeMediaJson } from '../../src/library/files/media-json.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-handling-'));
});
afterEach(() => rm(folder, { recursive: true }));

const earlier = SQLITE_HISTORY.slice(0, SQLITE_HISTORY.indexOf(handlingMigration));
const insertItem = `
  INSERT INTO media (id, type, title, title_key, source_url, source_key, bytes, renditions, handling, state, has_poster, has_file, created_at)
  VALUES (?, ?, 't', 't', 'u', 'k', 1, '[]', 'copied', 'ready', 0, ?, 0)`;
const insertJob = `
  INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, handling, created_at)
  VALUES (?, 'ready', ?, 'u', 'k', 'best', 'm', ?, 0)`;

test('an audio item of an earlier version with the handling copied: becomes encoded; all others stay', async () => {
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, earlier);
  const addItem = before.prepare(insertItem);
  addItem.run(mediaId(1), 'audio', 1);
  addItem.run(mediaId(2), 'video', 0);
  const add = before.prepare(insertJob);
  add.run('audio', 'audio', 'copied');
  add.run('video', 'video', 'copied');
  add.run('waiting', 'audio', null);
  before.close();

  const after = await openAppDatabase(file);
  const { items: store } = storesOf(after);
  const items = await Promise.all([1, 2].map((number) => store.get(mediaId(number))));
  expect(items.map((item) => item?.handling)).toEqual(['encoded', 'copied']);
  const { rows } = await sql`SELECT id, handling FROM jobs ORDER BY number`.execute(after.tables());
  expect(rows).toEqual([
    { id: 'audio', handling: 'encoded' },
    { id: 'video', handling: 'copied' },
    { id: 'waiting', handling: null },
  ]);
  await after.close();
});

test('media.json of an earlier version with an MP3 as copied: is read as encoded; a video stays copied', async () => {
  await writeMediaJson(folder, audioItem(1, { handling: 'copied' }));
  expect(await readMediaJson(folder)).toMatchObject({ facts: { handling: 'encoded' } });
  await writeMediaJson(folder, audioItem(1, { handling: 'copied', type: 'video', hasFile: false }));
  expect(await readMediaJson(folder)).toMatchObject({ facts: { handling: 'copied' } });
});

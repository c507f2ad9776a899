import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handlingMigration } from '../../src/database/migrations/handling-migration.ts';
import { jobsMigration } from '../../src/database/migrations/jobs-migration.ts';
import { libraryMigration } from '../../src/database/migrations/library-migration.ts';
import { readMediaJson, writeMediaJson } from '../../src/library/files/media-json.ts';
import { createItemStore } from '../../src/library/items/item-store.ts';
import { audioItem } from '../fixtures/library-items.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-handling-'));
});
afterEach(() => rm(folder, { recursive: true }));

const earlier = [libraryMigration, jobsMigration];
const insertJob = `
  INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, handling, created_at)
  VALUES (?, 'ready', ?, 'u', 'k', 'best', 'm', ?, 0)`;

test('an audio item of an earlier version with the handling copied: becomes encoded; all others stay', () => {
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, earlier);
  const store = createItemStore(before);
  store.save(audioItem(1, { handling: 'copied' }));
  store.save(audioItem(2, { handling: 'copied', type: 'video', hasFile: false }));
  const add = before.prepare(insertJob);
  add.run('audio', 'audio', 'copied');
  add.run('video', 'video', 'copied');
  add.run('waiting', 'audio', null);
  before.close();

  const after = openDatabase(file, [...earlier, handlingMigration]);
  expect([1, 2].map((number) => createItemStore(after).get(audioItem(number).id)?.handling)).toEqual([
    'encoded',
    'copied',
  ]);
  expect(after.prepare('SELECT id, handling FROM jobs ORDER BY number').raw().all()).toEqual([
    ['audio', 'encoded'],
    ['video', 'copied'],
    ['waiting', null],
  ]);
  after.close();
});

test('media.json of an earlier version with an MP3 as copied: is read as encoded; a video stays copied', async () => {
  await writeMediaJson(folder, audioItem(1, { handling: 'copied' }));
  expect(await readMediaJson(folder)).toMatchObject({ facts: { handling: 'encoded' } });
  await writeMediaJson(folder, audioItem(1, { handling: 'copied', type: 'video', hasFile: false }));
  expect(await readMediaJson(folder)).toMatchObject({ facts: { handling: 'copied' } });
});

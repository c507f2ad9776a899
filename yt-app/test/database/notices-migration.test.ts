import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';
import { createNoticeStore } from '../../src/notices/notice-store.ts';

test('a database with states of an earlier version: opens without conditions', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-notices-'));
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, SQLITE_HISTORY);
  before.prepare("INSERT INTO conditions (subject, state, since) VALUES ('name', 'bad', 1)").run();
  before.close();

  const after = await openAppDatabase(file);
  expect(await createNoticeStore(after).load()).toEqual([]);
  await after.close();
  await rm(folder, { recursive: true });
});

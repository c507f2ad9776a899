import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-turns-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the jobs of an earlier version: get the host of their link and the time of their last start', async () => {
  const file = path.join(folder, 'yt-app.sqlite');
  const before = openDatabase(file, SQLITE_HISTORY);
  const add =
    before.prepare(`INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, created_at, started_at)
    VALUES (?, ?, 'video', ?, 'k', 'best', 'm', 0, ?)`);
  add.run('started', 'resolving', 'https://www.example.com:8443/watch?v=1', 5);
  add.run('waiting', 'queued', 'https://example.com./watch?v=2', null);
  before.close();

  const after = await openAppDatabase(file);
  const store = storesOf(after).jobs;
  expect(await store.get('started')).toMatchObject({ host: 'example.com', claimedAt: 5, priority: 0, notBefore: 0 });
  expect(await store.get('waiting')).toMatchObject({ host: 'example.com', claimedAt: null });
  const claim = { worker: 'w', instance: 'i', mediaId: 'm', now: 10 };
  expect(await store.claim({ ...claim, mostPerHost: 1 })).toBeUndefined();
  expect(await store.claim({ ...claim, mostPerHost: 2 })).toMatchObject({ id: 'waiting' });
  await after.close();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { idempotencyMigration } from '../../src/database/migrations/sqlite-history/idempotency-migration.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';
import {
  createIdempotencyStore,
  type IdempotencyStore,
  type WantedJob,
} from '../../src/jobs/submission/idempotency-store.ts';

const WANTED: WantedJob = { url: 'https://example.com/1', type: 'video', quality: 'best' };
const OTHERS: WantedJob[] = [
  { ...WANTED, url: 'https://example.com/2' },
  { ...WANTED, type: 'audio' },
  { ...WANTED, quality: '720p' },
];
const OWN = { caller: 'session:1', key: 'a key' };

const earlier = SQLITE_HISTORY.slice(0, SQLITE_HISTORY.indexOf(idempotencyMigration));

let folder: string;
let database: AppDatabase;
let keys: IdempotencyStore;

/** Jobs as the version before wrote them, with their keys, in a database that is then migrated. */
async function open(formerKeys: Record<string, string> = {}): Promise<void> {
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, earlier);
  const insert = before.prepare(
    `INSERT INTO jobs (id, state, type, url, source_key, quality, idempotency_key, media_id, created_at)
     VALUES (@id, 'ready', 'video', 'https://example.com/1', 'x', 'best', @key, 'm', 0)`,
  );
  for (const id of ['job1', 'job2', 'job3']) insert.run({ id, key: formerKeys[id] ?? null });
  before.close();
  database = await openAppDatabase(file);
  keys = createIdempotencyStore(database);
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-keys-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

describe('idempotency keys', () => {
  beforeEach(() => open());

  test('the same key and request of one caller: give the stored job', async () => {
    expect(await keys.find(OWN, WANTED)).toBeUndefined();
    await keys.remember(OWN, WANTED, 'job1');
    expect(await keys.find(OWN, { ...WANTED })).toBe('job1');
  });

  test.each(OTHERS)('the same key with another request (%j): is a conflict', async (other) => {
    await keys.remember(OWN, WANTED, 'job1');
    await expect(keys.find(OWN, other)).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });

  test.each(['session:2', 'owner-key', 'service:bot'])(
    'the same key of another caller (%s): is a separate key',
    async (caller) => {
      await keys.remember(OWN, WANTED, 'job1');
      expect(await keys.find({ ...OWN, caller }, OTHERS[0] ?? WANTED)).toBeUndefined();
      await keys.remember({ ...OWN, caller }, WANTED, 'job2');
      expect([await keys.find(OWN, WANTED), await keys.find({ ...OWN, caller }, WANTED)]).toEqual(['job1', 'job2']);
    },
  );

  test('more than 10,000 keys of one caller: the oldest are deleted; those of others stay', async () => {
    await keys.remember({ ...OWN, caller: 'session:2' }, WANTED, 'job1');
    await database.transaction(async () => {
      for (let number = 0; number < 10_005; number += 1)
        await keys.remember({ ...OWN, key: `k${number}` }, WANTED, 'job1');
    });
    const known = async (key: string) => (await keys.find({ ...OWN, key }, WANTED)) !== undefined;
    expect([await known('k4'), await known('k5'), await known('k10004')]).toEqual([false, true, true]);
    expect(await keys.find({ ...OWN, caller: 'session:2' }, WANTED)).toBe('job1');
  });
});

describe('keys of the earlier version', () => {
  beforeEach(() => open({ job1: 'tg-1-2', job2: 'script' }));

  test.each(['owner-key', 'service:bot'])('of %s, who may have used the only API token: stay valid', async (caller) => {
    expect(await keys.find({ caller, key: 'tg-1-2' }, WANTED)).toBe('job1');
    expect(await keys.find({ caller, key: 'script' }, WANTED)).toBe('job2');
    await expect(keys.find({ caller, key: 'tg-1-2' }, OTHERS[0] ?? WANTED)).rejects.toMatchObject({
      code: 'idempotency-conflict',
    });
  });

  test('of a person: are unknown', async () => {
    expect(await keys.find({ caller: 'session:1', key: 'tg-1-2' }, WANTED)).toBeUndefined();
  });

  test('also stored for the caller by this version: the caller’s own key has priority', async () => {
    await keys.remember({ caller: 'service:bot', key: 'tg-1-2' }, WANTED, 'job3');
    expect(await keys.find({ caller: 'service:bot', key: 'tg-1-2' }, WANTED)).toBe('job3');
  });
});

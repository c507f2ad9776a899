import { openDatabase, type Database } from '@linkcast/kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idempotencyMigration } from '../../src/database/migrations/idempotency-migration.ts';
import { createIdempotencyStore, type IdempotencyStore, type WantedJob } from '../../src/jobs/idempotency-store.ts';
import { jobsMigration } from '../../src/database/migrations/jobs-migration.ts';

const WANTED: WantedJob = { url: 'https://example.com/1', type: 'video', quality: 'best' };
const OTHERS: WantedJob[] = [
  { ...WANTED, url: 'https://example.com/2' },
  { ...WANTED, type: 'audio' },
  { ...WANTED, quality: '720p' },
];
const OWN = { caller: 'session:1', key: 'a key' };

let database: Database;
let keys: IdempotencyStore;

/** Jobs as the version before wrote them, with their keys, in a database that is then migrated. */
function open(formerKeys: Record<string, string> = {}): void {
  database = openDatabase(':memory:', [jobsMigration]);
  const insert = database.prepare(
    `INSERT INTO jobs (id, state, type, url, source_key, quality, idempotency_key, media_id, created_at)
     VALUES (@id, 'ready', 'video', 'https://example.com/1', 'x', 'best', @key, 'm', 0)`,
  );
  for (const id of ['job1', 'job2', 'job3']) insert.run({ id, key: formerKeys[id] ?? null });
  database.exec(idempotencyMigration);
  keys = createIdempotencyStore(database);
}

beforeEach(() => open());
afterEach(() => database.close());

describe('idempotency keys', () => {
  test('the same key and request of one caller: give the stored job', () => {
    expect(keys.find(OWN, WANTED)).toBeUndefined();
    keys.remember(OWN, WANTED, 'job1');
    expect(keys.find(OWN, { ...WANTED })).toBe('job1');
  });

  test.each(OTHERS)('the same key with another request (%j): is a conflict', (other) => {
    keys.remember(OWN, WANTED, 'job1');
    expect(() => keys.find(OWN, other)).toThrow(expect.objectContaining({ code: 'idempotency-conflict' }));
  });

  test.each(['session:2', 'owner-key', 'service:bot'])(
    'the same key of another caller (%s): is a separate key',
    (caller) => {
      keys.remember(OWN, WANTED, 'job1');
      expect(keys.find({ ...OWN, caller }, OTHERS[0] ?? WANTED)).toBeUndefined();
      keys.remember({ ...OWN, caller }, WANTED, 'job2');
      expect([keys.find(OWN, WANTED), keys.find({ ...OWN, caller }, WANTED)]).toEqual(['job1', 'job2']);
    },
  );

  test('more than 10,000 keys of one caller: the oldest are deleted; those of others stay', () => {
    keys.remember({ ...OWN, caller: 'session:2' }, WANTED, 'job1');
    database.transaction(() => {
      for (let number = 0; number < 10_005; number += 1) keys.remember({ ...OWN, key: `k${number}` }, WANTED, 'job1');
    })();
    const known = (key: string) => keys.find({ ...OWN, key }, WANTED) !== undefined;
    expect([known('k4'), known('k5'), known('k10004')]).toEqual([false, true, true]);
    expect(keys.find({ ...OWN, caller: 'session:2' }, WANTED)).toBe('job1');
  });
});

describe('keys of the earlier version', () => {
  beforeEach(() => {
    database.close();
    open({ job1: 'tg-1-2', job2: 'script' });
  });

  test.each(['owner-key', 'service:bot'])('of %s, who may have used the only API token: stay valid', (caller) => {
    expect(keys.find({ caller, key: 'tg-1-2' }, WANTED)).toBe('job1');
    expect(keys.find({ caller, key: 'script' }, WANTED)).toBe('job2');
    expect(() => keys.find({ caller, key: 'tg-1-2' }, OTHERS[0] ?? WANTED)).toThrow(
      expect.objectContaining({ code: 'idempotency-conflict' }),
    );
  });

  test('of a person: are unknown', () => {
    expect(keys.find({ caller: 'session:1', key: 'tg-1-2' }, WANTED)).toBeUndefined();
  });

  test('also stored for the caller by this version: the caller’s own key has priority', () => {
    keys.remember({ caller: 'service:bot', key: 'tg-1-2' }, WANTED, 'job3');
    expect(keys.find({ caller: 'service:bot', key: 'tg-1-2' }, WANTED)).toBe('job3');
  });
});

import { writeBackupStatus } from '@linkcast/kit';
import { message } from '@linkcast/texts';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { actAs } from '../../src/activity/actor.ts';
import { createActivityLog } from '../../src/activity/activity-log.ts';
import { createActivityReads } from '../../src/activity/activity-reads.ts';
import { noteBackup } from '../../src/activity/activity-upkeep.ts';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { Condition } from '../../src/notices/condition.ts';
import { createNoticeStore } from '../../src/notices/notice-store.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let nowMs: number;
  beforeEach(async () => {
    database = await openDatabase();
    nowMs = 1_000;
  });
  afterEach(() => database.close());

  const logOf = (most = 100, mostPerPerson = 100) => createActivityLog(database, () => nowMs, { most, mostPerPerson });
  const read = async () => (await createActivityReads(database).list({ limit: 100 }, 'en')).activity;

  describe('pruning', () => {
    test('deletes what is older than the time', async () => {
      await logOf().append({ kind: 'started', facts: { version: '1' } });
      nowMs = 5_000;
      await logOf().append({ kind: 'started', facts: { version: '2' } });
      await logOf().prune(5_000);
      expect((await read()).map(({ sentence }) => sentence)).toEqual(['Started version 2 with its settings']);
    });

    test('of one person who repeats an action: keeps the entries of the others', async () => {
      const log = logOf(6, 3);
      await actAs('owner', () => log.append({ kind: 'default-limits-changed' }));
      for (let count = 0; count < 20; count += 1)
        await actAs('flooder', () => log.append({ kind: 'key-made', facts: { key: String(count) } }));
      await log.prune(0);
      const left = await read();
      expect(left.filter(({ person }) => person?.id === 'flooder').map(({ sentence }) => sentence)).toEqual([
        'Made a personal key: 19',
        'Made a personal key: 18',
        'Made a personal key: 17',
      ]);
      expect(left.filter(({ person }) => person?.id === 'owner')).toHaveLength(1);
    });

    test('of more than the most: keeps the newest', async () => {
      const log = logOf(2);
      for (const version of ['1', '2', '3']) await log.append({ kind: 'started', facts: { version } });
      await log.prune(0);
      expect(await read()).toHaveLength(2);
    });
  });

  describe('notices', () => {
    const condition = (openedAtMs: number | null, closedAtMs: number | null = null): Condition => ({
      ...{ source: 's', code: 'c', severity: 'warning', message: message('backup-old-notice', { days: 3 }) },
      ...{ action: null, sinceMs: 1, openedAtMs, lastSeenAtMs: 2, closedAtMs },
    });

    test('that open and close: have an entry each, with their sentence, by nobody', async () => {
      const store = createNoticeStore(database);
      await store.save([condition(null)]);
      expect(await read()).toEqual([]);
      await store.save([condition(2)]);
      await store.save([{ ...condition(2), lastSeenAtMs: 3 }]);
      await createNoticeStore(database).save([condition(2)]); // after a restart
      await store.save([condition(2, 9)]);
      await store.save([]);
      expect((await read()).map(({ kind, person, sentence }) => [kind, person, sentence])).toEqual([
        ['notice-closed', null, 'No longer the case: The newest good backup is 3 days old.'],
        ['notice-opened', null, 'New notice: The newest good backup is 3 days old.'],
      ]);
    });
  });

  test('a new backup: has an entry, once', async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-activity-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const options = { database, dataDir, log: logOf() };
    await noteBackup(options);
    expect(await read()).toEqual([]);
    const lastGood = { name: 'a', madeAt: '2026-11-01T00:00:00.000Z', bytes: 5_000_000 };
    await writeBackupStatus(dataDir, { lastGood, lastRun: null });
    await noteBackup(options);
    await noteBackup(options);
    expect((await read()).map(({ sentence }) => sentence)).toEqual(['Backup made, 5 MB']);
    await writeBackupStatus(dataDir, { lastGood, lastRun: null, restoredAt: '2026-11-02T00:00:00.000Z' });
    await noteBackup(options);
    await noteBackup(options);
    const kinds = (await read()).map(({ kind }) => kind);
    expect(kinds).toEqual(['backup-restored', 'backup-made']);
  });
});

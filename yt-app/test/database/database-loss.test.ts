import { open, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backupName, copyDatabase, createLogger, digestFile, writeManifest } from '@linkcast/kit';
import { mountSmallDisk } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { readDatabaseLoss, replaceWhenDamaged } from '../../src/database/database-loss.ts';
import { openStoredDatabase } from '../../src/database/stored-database.ts';
import { openInstallationDatabase } from '../../src/installation-database.ts';
import { createDatabaseLossSource } from '../../src/notices/sources/database-loss-source.ts';

const PAGE_BYTES = 4096;
const NOW = Date.parse('2026-11-29T12:04:19.000Z');
/** Name of a file that was damaged then. */
const ASIDE = 'yt-app.sqlite.damaged-2026-11-29T12-04-19Z';
const logger = createLogger({ service: 'test', level: 'silent' });

let dataDir: string;
let backupDir: string;
let file: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'linkcast-loss-'));
  backupDir = path.join(dataDir, 'backups');
  file = path.join(dataDir, 'yt-app.sqlite');
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const openFile = (substitute = file) => openStoredDatabase({ file, substitute, onError: () => undefined, logger });
const replaceDamaged = () => replaceWhenDamaged(openFile, { file, backupDir, logger, clock: () => NOW });
interface Tables {
  settings_of_test: { value: string };
}
const write = async (database: AppDatabase, value: string): Promise<void> => {
  await sql`CREATE TABLE IF NOT EXISTS settings_of_test (value TEXT)`.execute(database.tables());
  await database.tables<Tables>().insertInto('settings_of_test').values({ value }).execute();
};
const read = (database: AppDatabase) => database.tables<Tables>().selectFrom('settings_of_test').selectAll().execute();

/** Overwrites all pages of a file but the first. */
async function damage(damaged: string): Promise<void> {
  const { size } = await stat(damaged);
  const handle = await open(damaged, 'r+');
  await handle.write(Buffer.alloc(size - PAGE_BYTES, 0x55), 0, size - PAGE_BYTES, PAGE_BYTES);
  await handle.close();
}
async function makeBackup(at: string): Promise<string> {
  const folder = path.join(backupDir, backupName(new Date(at)));
  await mkdir(folder, { recursive: true });
  const copy = path.join(folder, 'yt-app.sqlite');
  const { schema, rows } = await copyDatabase(file, copy);
  await writeManifest(folder, {
    ...{ product: 'linkcast', format: 1, madeAt: at, version: '1', secrets: 'left-out' },
    databases: { 'yt-app': { schema, rows, kind: 'sqlite' } },
    files: [{ name: 'yt-app.sqlite', ...(await digestFile(copy)) }],
    media: { isIncluded: false, items: 0, bytes: 0 },
  });
  return copy;
}

test('a damaged database with backups: the newest good one is restored, and the damaged file is kept', async () => {
  const { database } = await openFile();
  await write(database, 'first');
  await makeBackup('2026-11-27T00:00:00.000Z');
  await write(database, 'second');
  await makeBackup('2026-11-28T00:00:00.000Z');
  await damage(await makeBackup('2026-11-29T00:00:00.000Z'));
  await write(database, 'lost');
  await database.close();
  await damage(file);

  const { database: restored } = await replaceDamaged();
  expect(await read(restored)).toEqual([{ value: 'first' }, { value: 'second' }]);
  await restored.close();
  expect(await readdir(dataDir)).toContain(ASIDE);
  expect(await readDatabaseLoss(dataDir)).toEqual({
    at: '2026-11-29T12:04:19.000Z',
    file: ASIDE,
    restoredFrom: '2026-11-28T00:00:00.000Z',
  });
});

test('a damaged database without a good backup: is replaced by a new one', async () => {
  const { database } = await openFile();
  await database.close();
  await damage(file);
  const { database: made } = await replaceDamaged();
  await made.check();
  await made.close();
  expect(await readDatabaseLoss(dataDir)).toMatchObject({ restoredFrom: null });
});

test('a damaged database on a read-only disk: its backup is read, and replaces it when the disk is writable', async ({
  skip,
}) => {
  const disk = await mountSmallDisk(32);
  if (!disk) return skip('a small disk can be mounted by root only');
  onTestFinished(() => disk.close());
  file = path.join(disk.folder, path.basename(file));
  const { database } = await openFile();
  await write(database, 'kept');
  await makeBackup('2026-11-28T00:00:00.000Z');
  await database.close();
  await damage(file);
  disk.setReadOnly(true);

  const { database: copy } = await replaceDamaged();
  expect(copy.limitation).toBe('read-only');
  expect(await read(copy)).toEqual([{ value: 'kept' }]);
  await copy.close();
  disk.setReadOnly(false);
  const { database: restored } = await replaceDamaged();
  expect(await read(restored)).toEqual([{ value: 'kept' }]);
  await restored.close();
  expect(await readdir(disk.folder)).toContain(ASIDE);
});

test('a crash before the backup is in place: the next start continues, and reads nothing of the damaged log', async () => {
  const { database } = await openFile();
  await write(database, 'kept');
  await makeBackup('2026-11-28T00:00:00.000Z');
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(database.tables());
  await write(database, 'lost');
  const log = await readFile(`${file}-wal`);
  await database.close();
  await damage(file);
  const { database: first } = await replaceDamaged();
  await first.close();
  await rename(file, `${file}.restored`); // the last step did not happen
  await writeFile(`${file}-wal`, log);

  const { database: restored } = await replaceDamaged();
  expect(await read(restored)).toEqual([{ value: 'kept' }]);
  await restored.close();
  expect(await readdir(dataDir)).toEqual(expect.arrayContaining([ASIDE, `${ASIDE}-wal`]));
});

test('a damaged database that cannot be moved: its loss has been noted, and the next start replaces it', async () => {
  const { database } = await openFile();
  await database.close();
  await damage(file);
  const obstacle = path.join(dataDir, ASIDE);
  await mkdir(obstacle);
  await expect(replaceDamaged()).rejects.toThrow(/EISDIR/);
  expect(await readDatabaseLoss(dataDir)).toMatchObject({ file: ASIDE });

  await rm(obstacle, { recursive: true });
  const { database: made } = await replaceDamaged();
  await made.check();
  await made.close();
});

test('damage that a query finds: is reported once, and the next opening checks everything and replaces the file', async () => {
  let reports = 0;
  const config = { DATA_DIR: dataDir, DATABASE_URL: undefined, BACKUP_DIR: undefined };
  const openIt = () => openInstallationDatabase({ config, logger, onUnusable: () => void (reports += 1) });
  const { database } = await openIt();
  await write(database, 'row');
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(database.tables());
  await damage(file);
  await sql`PRAGMA shrink_memory`.execute(database.tables());
  for (let attempt = 0; attempt < 2; attempt += 1) await expect(read(database)).rejects.toThrow(/malformed/);
  await expect.poll(() => reports).toBe(1);
  await database.close();

  const { database: made } = await openIt();
  await made.check();
  await made.close();
  expect(await readDatabaseLoss(dataDir)).toMatchObject({ restoredFrom: null });
});

test('the notice of a loss: stays for two weeks', async () => {
  const loss = { at: new Date(NOW).toISOString(), file: 'yt-app.sqlite.damaged-x', restoredFrom: null };
  let nowMs = NOW;
  const source = createDatabaseLossSource({ readLoss: () => Promise.resolve(loss), clock: () => nowMs });
  const codes = async () => (await source.observe(new Map()))?.map(({ message }) => message.code);
  expect(await codes()).toEqual(['database-lost-notice']);
  nowMs += 13 * 86_400_000;
  expect(await codes()).toEqual(['database-lost-notice']);
  nowMs += 2 * 86_400_000;
  expect(await codes()).toEqual([]);
});

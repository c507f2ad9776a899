import {
  backupDatabases,
  BackupManifest,
  digestFile,
  MANIFEST_NAME,
  readBackupStatus,
  readManifest,
  writeManifest,
} from '@linkcast/kit';
import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { digestTable } from '../../src/database/move/move-database.ts';
import { readCatalogue, type StoredTable } from '../../src/database/move/table-catalogue.ts';
import {
  continueRestore,
  proveRestorable,
  restoreBackup,
  type RestoreOptions,
} from '../../src/restore-backup/restore-backup.ts';
import { HARMLESS_SETTINGS, readSettings } from '../../src/restore-backup/restored-settings.ts';
import { CANARY, ITEMS, makeInstallation, PROFILES, readTree, type Installation } from '../fixtures/installation.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const PASSPHRASE = 'correct horse battery';
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const restore = (
  backup: string,
  { dataDir, mediaDir, databaseUrl }: Installation,
  changes: Partial<RestoreOptions> = {},
) =>
  restoreBackup({
    backup,
    dataDir,
    mediaDir,
    databaseUrl,
    passphrase: undefined,
    isWithoutSecrets: false,
    ...changes,
  });

async function digests(database: AppDatabase, tables: readonly StoredTable[]): Promise<unknown[]> {
  return Promise.all(tables.map(async (table) => [table.name, await digestTable(database, table)]));
}
const ofSqlite = (installation: Installation) => path.join(installation.dataDir, 'yt-app/yt-app.sqlite');

describe.each([
  ['sqlite', 'sqlite'],
  ['postgres', 'postgres'],
  ['postgres', 'sqlite'],
  ['sqlite', 'postgres'],
] as const)('a backup of %s, restored into %s', (from, to) => {
  test('all tables are equal, secrets and bot are back, what was there is aside', async () => {
    const source = await makeInstallation(from === 'postgres' ? await server.createDatabase() : undefined);
    const { path: backup } = await source.backup({ passphrase: PASSPHRASE });
    const target = await makeInstallation(to === 'postgres' ? await server.createDatabase() : undefined);
    await storesOf(target.database).items.save(audioItem(ITEMS, { title: 'only here' }));
    await writeFile(path.join(target.dataDir, 'secrets/telegram_token'), 'another one');
    await target.stop();

    const { aside } = await restore(backup, target, { passphrase: PASSPHRASE });

    const restored = await openAppDatabase(target.databaseUrl ?? ofSqlite(target));
    onTestFinished(() => restored.close());
    const model = await openAppDatabase(':memory:');
    const tables = await readCatalogue(model);
    await model.close();
    expect(await digests(restored, tables)).toEqual(await digests(source.database, tables));
    expect(await readFile(path.join(target.dataDir, 'secrets/telegram_token'), 'utf8')).toBe(`123:${CANARY}`);
    expect(await readFile(path.join(target.dataDir, 'yt-app/profiles.yaml'), 'utf8')).toBe(PROFILES);
    expect(await readFile(path.join(aside, 'secrets/telegram_token'), 'utf8')).toBe('another one');
    const earlier = await openAppDatabase(path.join(aside, 'yt-app/yt-app.sqlite'));
    onTestFinished(() => earlier.close());
    expect(await storesOf(earlier).items.get(mediaId(ITEMS))).toMatchObject({ title: 'only here' });
    expect((await readdir(target.dataDir)).filter((name) => name.startsWith('restore'))).toEqual([]);
    expect((await readBackupStatus(path.join(target.dataDir, 'yt-app'))).lastGood?.name).toBe(path.basename(backup));
  });
});

describe('an empty installation', () => {
  test('the whole data is lost: is restored with its media and its marker', async () => {
    const source = await makeInstallation();
    const { path: backup } = await source.backup({ passphrase: PASSPHRASE, isMediaIncluded: true });
    await source.stop();
    const before = await readTree(source.mediaDir);
    await rm(source.dataDir, { recursive: true });
    await rm(source.mediaDir, { recursive: true });

    expect(await restore(backup, source, { passphrase: PASSPHRASE })).toMatchObject({ mediaItems: ITEMS });
    expect(await readTree(source.mediaDir)).toEqual(before);
    const restored = await openAppDatabase(ofSqlite(source));
    onTestFinished(() => restored.close());
    expect(await storesOf(restored).items.ids()).toHaveLength(ITEMS);
    await expect(readFile(path.join(source.dataDir, 'bot/bot.sqlite'), 'latin1')).resolves.toContain('hello');
  });

  test('an item that is there: stays as it is', async () => {
    const source = await makeInstallation();
    const { path: backup } = await source.backup({ isMediaIncluded: true });
    await source.stop();
    const file = path.join(source.mediaDir, mediaId(3), 'audio.mp3');
    await rm(file); // the backup has another link to it
    await writeFile(file, 'newer sound');
    await rm(path.join(source.mediaDir, mediaId(4)), { recursive: true });
    expect(await restore(backup, source)).toMatchObject({ mediaItems: 1 });
    expect(await readFile(file, 'utf8')).toBe('newer sound');
  });
});

describe('a WAL that the earlier database left', () => {
  test('is moved aside with it, and not applied to the restored one', async () => {
    const source = await makeInstallation();
    const { path: backup } = await source.backup();
    await source.stop();
    for (const end of ['-wal', '-shm']) await writeFile(`${ofSqlite(source)}${end}`, 'of another database');
    const { aside } = await restore(backup, source);
    expect(await readdir(path.join(source.dataDir, 'yt-app'))).not.toContain('yt-app.sqlite-wal');
    expect(await readFile(path.join(aside, 'yt-app/yt-app.sqlite-wal'), 'utf8')).toBe('of another database');
  });
});

/** Changes one byte of a file. */
async function spoil(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, 3000);
  await handle.write(Buffer.from([byte.readUInt8() ^ 1]), 0, 1, 3000);
  await handle.close();
}

/** Moves a file or folder out of the backup, and leaves a link to it. */
async function linkElsewhere(entry: string): Promise<void> {
  const elsewhere = path.resolve(entry, '../../..', `${path.basename(entry)}-elsewhere`);
  await rename(entry, elsewhere);
  await symlink(elsewhere, entry);
}

describe('a backup that is refused', () => {
  test.each<[string, (backup: string) => Promise<unknown>, Partial<RestoreOptions>, object]>([
    ['a wrong passphrase', () => Promise.resolve(), { passphrase: 'wrong horse battery' }, { name: 'WrongPassphrase' }],
    ['no passphrase', () => Promise.resolve(), { passphrase: undefined }, { name: 'PassphraseNeeded' }],
    [
      'a truncated file',
      (backup) => truncate(path.join(backup, 'bot.sqlite'), 100),
      {},
      { fault: 'damaged', file: 'bot.sqlite' },
    ],
    [
      'a changed byte',
      (backup) => spoil(path.join(backup, 'yt-app.sqlite')),
      {},
      { fault: 'damaged', file: 'yt-app.sqlite' },
    ],
    [
      'changed secrets',
      (backup) => truncate(path.join(backup, 'secrets.enc'), 60),
      {},
      { fault: 'damaged', file: 'secrets.enc' },
    ],
    ['a foreign folder', (backup) => rm(path.join(backup, 'manifest.json')), {}, { fault: 'foreign' }],
    [
      'a missing media file',
      (backup) => rm(path.join(backup, 'media', mediaId(5), 'audio.mp3')),
      {},
      { fault: 'damaged' },
    ],
    [
      'an item that is a link out of the backup',
      (backup) => linkElsewhere(path.join(backup, 'media', mediaId(5))),
      {},
      { fault: 'damaged', file: `media/${mediaId(5)}` },
    ],
    ['media that are a link', (backup) => linkElsewhere(path.join(backup, 'media')), {}, { file: 'media' }],
    [
      'a marker that is a link',
      (backup) => linkElsewhere(path.join(backup, 'media/.linkcast-media')),
      {},
      { file: 'media/.linkcast-media' },
    ],
  ])('%s: nothing is touched', async (_, change, options, reason) => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup({ passphrase: PASSPHRASE, isMediaIncluded: true });
    await installation.stop();
    await change(backup);
    const before = await readTree(installation.dataDir);
    const given = { passphrase: PASSPHRASE, ...options };
    await expect(restore(backup, installation, given)).rejects.toMatchObject(reason);
    expect(await readTree(installation.dataDir)).toEqual(before);
  });

  test('tables of a newer version: nothing is touched', async () => {
    const installation = await makeInstallation();
    await sql.raw('PRAGMA user_version = 999').execute(installation.database.tables());
    const { path: backup } = await installation.backup();
    await installation.stop();
    const before = await readTree(installation.dataDir);
    await expect(restore(backup, installation)).rejects.toMatchObject({ fault: 'newer', file: 'yt-app.sqlite' });
    expect(await readTree(installation.dataDir)).toEqual(before);
  });

  test.each(['yt-app', 'bot'])('while %s runs: nothing is replaced', async (part) => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup();
    await installation.stop();
    const lock = path.join(installation.dataDir, part, `${part}.lock`);
    const holder = spawn('flock', [lock, 'sh', '-c', 'echo locked; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    const before = await readTree(path.join(installation.dataDir, 'yt-app'));
    await expect(restore(backup, installation)).rejects.toMatchObject({ name: 'FolderInUse' });
    expect(await readTree(path.join(installation.dataDir, 'yt-app'))).toMatchObject(before);
  });

  test('while a yt-app is connected to PostgreSQL: nothing is replaced', async () => {
    const installation = await makeInstallation(await server.createDatabase());
    const { path: backup } = await installation.backup();
    await storesOf(installation.database).items.save(audioItem(ITEMS));
    await expect(restore(backup, installation)).rejects.toMatchObject({ name: 'MoveRefused', reason: 'in-use' });
    expect(await storesOf(installation.database).items.get(mediaId(ITEMS))).toBeDefined();
  });
});

describe('without the secrets', () => {
  test.each([
    ['a backup that has none', undefined, {}],
    ['a restore that leaves them out', PASSPHRASE, { passphrase: undefined, isWithoutSecrets: true }],
  ])('%s: those of the installation stay', async (_, passphrase, options) => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup({ passphrase });
    await installation.stop();
    await writeFile(path.join(installation.dataDir, 'secrets/api_token'), 'mine');
    expect(await restore(backup, installation, options)).toMatchObject({ secrets: undefined });
    expect(await readFile(path.join(installation.dataDir, 'secrets/api_token'), 'utf8')).toBe('mine');
  });
});

/** Exchanges the database of a backup, as somebody can who may write its folder and knows the layout. */
async function forge(backup: string, other: string): Promise<void> {
  const stored = await readManifest(backup);
  const name = backupDatabases['yt-app'];
  await copyFile(path.join(other, name), path.join(backup, name));
  const forged = { name, ...(await digestFile(path.join(backup, name))) };
  const files = stored.files.map((file) => (file.name === name ? forged : file));
  await writeManifest(backup, { ...BackupManifest.parse(stored), files }, () => Promise.resolve(stored.hmac ?? ''));
}

/** Removes the HMAC: the layout of earlier versions. */
async function unsign(backup: string): Promise<void> {
  const file = path.join(backup, MANIFEST_NAME);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
  expect(Reflect.deleteProperty(manifest, 'hmac')).toBe(true);
  await writeFile(file, JSON.stringify(manifest));
}

describe('a backup with a passphrase', () => {
  const passphrase = PASSPHRASE;

  test('its database was exchanged, and each digest made anew: is refused, and nothing is touched', async () => {
    const installation = await makeInstallation();
    const { path: other } = await installation.backup();
    await storesOf(installation.database).items.save(audioItem(ITEMS));
    const { path: backup } = await installation.backup({ passphrase });
    await forge(backup, other);
    await installation.stop();
    const before = await readTree(installation.dataDir);
    const refused = { fault: 'damaged', file: MANIFEST_NAME };
    await expect(restore(backup, installation, { passphrase })).rejects.toMatchObject(refused);
    expect(await readTree(installation.dataDir)).toEqual(before);
  });

  test('of a version that did not sign: is refused with its passphrase, and restored without the secrets', async () => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup({ passphrase });
    await installation.stop();
    await unsign(backup);
    await expect(restore(backup, installation, { passphrase })).rejects.toMatchObject({
      name: 'BackupUnauthenticated',
    });
    const restored = await restore(backup, installation, { passphrase, isWithoutSecrets: true });
    expect(restored.secrets).toBeUndefined();
  });
});

describe('a passphrase for a backup that was made without one', () => {
  test('is not ignored: nothing is touched, except when the secrets are left out', async () => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup();
    await installation.stop();
    const before = await readTree(installation.dataDir);
    const passphrase = PASSPHRASE;
    await expect(restore(backup, installation, { passphrase })).rejects.toMatchObject({
      name: 'BackupUnauthenticated',
    });
    expect(await readTree(installation.dataDir)).toEqual(before);
    expect(await restore(backup, installation, { passphrase, isWithoutSecrets: true })).toHaveProperty('aside');
  });
});

describe('the settings of a backup', () => {
  const place = `DATABASE_URL=postgres://me@server/linkcast\n export DATABASE_URL_FILE = /run/url\nDATABASE_URL: x\n`;

  test.each([
    ['with secrets', PASSPHRASE, '# mine\nHTTP_PORT=8181\n#DATABASE_URL=none\n'],
    ['without secrets', undefined, 'HTTP_PORT=8181\n'],
  ])('%s: do not say where the database is, which belongs to the machine', async (_, passphrase, expected) => {
    const installation = await makeInstallation();
    const dotEnv = `# mine\n${place}HTTP_PORT=8181\n#DATABASE_URL=none\n`;
    await writeFile(path.join(installation.dataDir, 'secrets/settings.env'), dotEnv);
    const { path: backup } = await installation.backup({ passphrase });
    const { secrets } = await proveRestorable(backup, { passphrase, isWithoutSecrets: false });
    expect(await readSettings(backup, secrets, 'check:')).toBe(expected);
  });

  test('without secrets: folders, servers and what Docker reads are only comments', async () => {
    const installation = await makeInstallation();
    const hostile =
      'COMPOSE_FILE=/tmp/x.yml\nDATA_DIR=/\nTELEGRAM_API_ROOT=https://example.org\nTELEGRAM_TOKEN_FILE=/etc/x\n';
    await writeFile(path.join(installation.dataDir, 'secrets/settings.env'), `${hostile}HTTP_PORT=8181\nlower=1\n`);
    const { path: backup } = await installation.backup();
    expect(await readSettings(backup, undefined, 'check:')).toBe(
      `HTTP_PORT=8181\n# check:\n${hostile.replaceAll(/^/gm, '#').slice(0, -1)}`,
    );
  });

  test('each that is restored without secrets: is one of those that are documented', async () => {
    const documented = await readFile(path.resolve(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
    expect(HARMLESS_SETTINGS.filter((name) => !documented.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('a restore that was interrupted', () => {
  test('while it collected the files: the next one begins anew', async () => {
    const installation = await makeInstallation();
    const { path: backup } = await installation.backup();
    await installation.stop();
    await mkdir(path.join(installation.dataDir, 'restore.partial/files/yt-app'), { recursive: true });
    await writeFile(path.join(installation.dataDir, 'restore.partial/files/yt-app/yt-app.sqlite'), 'half');
    expect(await continueRestore(installation)).toBeUndefined();
    await restore(backup, installation);
    expect(await readdir(installation.dataDir)).not.toContain('restore.partial');
  });

  test('while it put files into their places: is completed', async () => {
    const installation = await makeInstallation();
    await installation.stop();
    const staged = path.join(installation.dataDir, 'restore.ready');
    await mkdir(path.join(staged, 'files/bot'), { recursive: true });
    await writeFile(
      path.join(staged, 'plan.json'),
      JSON.stringify({ madeAt: '2026-11-29T03:00:00.000Z', aside: 'before' }),
    );
    await writeFile(path.join(staged, 'files/bot/bot.sqlite'), 'restored');
    await mkdir(path.join(installation.dataDir, 'before/bot'), { recursive: true });
    await rename(
      path.join(installation.dataDir, 'bot/bot.sqlite'),
      path.join(installation.dataDir, 'before/bot/bot.sqlite'),
    );

    expect(await continueRestore(installation)).toMatchObject({ madeAt: '2026-11-29T03:00:00.000Z' });
    expect(await readFile(path.join(installation.dataDir, 'bot/bot.sqlite'), 'utf8')).toBe('restored');
    expect(await readFile(path.join(installation.dataDir, 'before/bot/bot.sqlite'), 'latin1')).toContain('hello');
    expect(await readdir(installation.dataDir)).not.toContain('restore.ready');
  });
});

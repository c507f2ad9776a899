import { proveBackup, readBackupStatus } from '@linkcast/kit';
import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newestSchemas } from '../../src/backup/newest-schemas.ts';
import { openSecrets } from '../../src/backup/secret-archive.ts';
import { writeMarker } from '../../src/library/volume/volume-marker.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { CANARY, ITEMS, makeInstallation, PROFILES, readTree } from '../fixtures/installation.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const PASSPHRASE = 'correct horse battery';
const at = (iso: string) => ({ clock: () => new Date(iso) });
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describe.each(['sqlite', 'postgres'] as const)('a backup of %s', (kind) => {
  test('made while the databases are written: is whole, has the rows of one moment, and both parts', async () => {
    const installation = await makeInstallation(kind === 'postgres' ? await server.createDatabase() : undefined);
    const { items } = storesOf(installation.database);
    const writing = new AbortController();
    const writer = (async () => {
      for (let number = ITEMS; !writing.signal.aborted; number += 1) {
        await items.save(audioItem(number));
        installation.bot.prepare('INSERT INTO outbox VALUES (?)').run('more');
      }
    })();
    const { path: folder, manifest } = await installation.backup();
    writing.abort();
    await writer;

    expect(await proveBackup(folder, newestSchemas)).toMatchObject(manifest);
    const { 'yt-app': ytApp, bot } = manifest.databases;
    expect(ytApp).toMatchObject({ kind, schema: newestSchemas['yt-app'] });
    expect(ytApp.rows['media']).toBeGreaterThanOrEqual(ITEMS);
    expect(bot?.rows['outbox']).toBeGreaterThanOrEqual(1);
    expect(manifest.media.items).toBe(ytApp.rows['media']);
    const names = ['bot.sqlite', 'manifest.json', 'media.ndjson', 'settings.env', 'yt-app.sqlite'];
    expect((await readdir(folder)).toSorted()).toEqual(names);
    const list = (await readFile(path.join(folder, 'media.ndjson'), 'utf8')).trim().split('\n');
    expect(JSON.parse(list[2] ?? '')).toMatchObject({ id: mediaId(2), title: 'Track 2', bytes: 1000 });
  });
});

describe('secrets', () => {
  test('without a passphrase: are in no file; the other settings are', async () => {
    const { path: folder, manifest } = await (await makeInstallation()).backup();
    expect(manifest.secrets).toBe('left-out');
    const tree = await readTree(folder);
    expect(Object.entries(tree).filter(([, text]) => text.includes(CANARY))).toEqual([]);
    expect(tree['settings.env']).toBe('HTTP_PORT=8181\nSERVER_ADMIN=me@example.org\n');
  });

  test('with a passphrase: are encrypted, and open with it only', async () => {
    const { path: folder, manifest } = await (await makeInstallation()).backup({ passphrase: PASSPHRASE });
    expect(manifest.secrets).toBe('encrypted');
    expect(JSON.stringify(await readTree(folder))).not.toContain(CANARY);
    const sealed = await readFile(path.join(folder, 'secrets.enc'));
    const { dotEnv, files, profiles } = await openSecrets(sealed, PASSPHRASE);
    expect(dotEnv).toContain(`TELEGRAM_TOKEN=123:${CANARY}`);
    expect(files).toEqual({ api_token: `${CANARY}-1`, telegram_token: `123:${CANARY}` });
    expect(profiles).toBe(PROFILES);
    await expect(openSecrets(sealed, 'wrong horse battery')).rejects.toMatchObject({ name: 'WrongPassphrase' });
  });

  test('the files of a backup: can be read by their owner only', async () => {
    const { path: folder } = await (await makeInstallation()).backup({ passphrase: PASSPHRASE });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

describe('BACKUP_DIR', () => {
  test('more backups than are kept: the oldest are deleted, and nothing else', async () => {
    const installation = await makeInstallation();
    await mkdir(path.join(installation.directory, 'photos'));
    for (const day of ['21', '22', '23', '24'])
      await installation.backup({ keep: 2, ...at(`2026-11-${day}T03:00:00Z`) });
    expect((await readdir(installation.directory)).toSorted()).toEqual([
      '2026-11-23T03-00-00Z',
      '2026-11-24T03-00-00Z',
      'photos',
    ]);
  });

  test('backups that a clock years ahead has named: are the oldest when it is right again', async () => {
    const installation = await makeInstallation();
    const days = ['2031-01-01', '2031-01-02', '2026-11-22', '2026-11-23', '2026-11-24'];
    const deleted: string[] = [];
    for (const day of days)
      deleted.push(...(await installation.backup({ keep: 3, ...at(`${day}T03:00:00Z`) })).deleted);
    expect(deleted).toEqual(['2031-01-01T03-00-00Z', '2031-01-02T03-00-00Z']);
  });

  test('a clock that was set back: the backup just made stays', async () => {
    const installation = await makeInstallation();
    for (const time of ['2026-11-23T03:00:00Z', '2026-11-24T03:00:00Z', '2020-01-01T00:00:00Z', '2026-11-23T23:00:00Z'])
      await installation.backup({ keep: 1, ...at(time) });
    expect(await readdir(installation.directory)).toEqual(['2026-11-23T23-00-00Z']);
    const { path: folder } = await installation.backup({ keep: 1, ...at('2020-01-01T00:00:00Z') });
    expect(await readdir(installation.directory)).toEqual([path.basename(folder)]);
  });

  test('what killed runs have left: is deleted by the next one', async () => {
    const installation = await makeInstallation();
    for (const left of ['.2026-11-20T03-00-00Z.partial', '.2026-11-19T03-00-00Z.deleted', '.mine.partial'])
      await mkdir(path.join(installation.directory, left));
    const { path: folder } = await installation.backup();
    expect((await readdir(installation.directory)).toSorted()).toEqual(['.mine.partial', path.basename(folder)]);
  });

  test('two backups within a second: have names of their own', async () => {
    const installation = await makeInstallation();
    const now = at('2026-11-29T03:00:00Z');
    await installation.backup(now);
    expect(path.basename((await installation.backup(now)).path)).toBe('2026-11-29T03-00-01Z');
  });
});

describe('media', () => {
  test('included: every file is there, and equal files of two backups are stored once', async () => {
    const installation = await makeInstallation();
    const first = await installation.backup({ isMediaIncluded: true, ...at('2026-11-21T03:00:00Z') });
    const second = await installation.backup({ isMediaIncluded: true, ...at('2026-11-22T03:00:00Z') });
    const fileOf = (folder: string): string => path.join(folder, 'media', mediaId(7), 'audio.mp3');
    expect(await readFile(fileOf(second.path), 'utf8')).toBe('sound of 7');
    expect((await stat(fileOf(second.path))).ino).toBe((await stat(fileOf(first.path))).ino);
    expect(await readdir(path.join(second.path, 'media'))).toHaveLength(ITEMS + 1); // and the marker
  });

  test('an item without its folder: is listed without files', async () => {
    const installation = await makeInstallation();
    await rm(path.join(installation.mediaDir, mediaId(0)), { recursive: true });
    const { path: folder } = await installation.backup({ isMediaIncluded: true });
    const [first = '', second = ''] = (await readFile(path.join(folder, 'media.ndjson'), 'utf8')).split('\n');
    expect(JSON.parse(first)).toMatchObject({ id: mediaId(0), files: {} });
    expect(JSON.parse(second)).toMatchObject({ id: mediaId(1), files: { 'audio.mp3': 10 } });
  });
});

describe('a MEDIA_DIR whose disk is not mounted', () => {
  test.each<[string, (mediaDir: string) => Promise<unknown>]>([
    ['an empty mount point', (mediaDir) => rm(mediaDir, { recursive: true }).then(() => mkdir(mediaDir))],
    ['no directory', (mediaDir) => rm(mediaDir, { recursive: true })],
    ['the library of another installation', (mediaDir) => writeMarker(mediaDir, 'bbbbbbbbbbbbbbbbbbbb')],
  ])('%s: no backup with media is made, and the earlier ones stay', async (_, unmount) => {
    const installation = await makeInstallation();
    const good = await installation.backup({ isMediaIncluded: true, keep: 1 });
    await unmount(installation.mediaDir);
    const failure = 'media-not-mounted';
    await expect(installation.backup({ isMediaIncluded: true, keep: 1 })).rejects.toMatchObject({ failure });
    expect(await readdir(installation.directory)).toEqual([path.basename(good.path)]);
    expect((await readBackupStatus(path.join(installation.dataDir, 'yt-app'))).lastRun).toMatchObject({ failure });
    await installation.backup({ keep: 2 }); // without media it needs none
  });

  test('a disk that is away for a moment while its files are copied: no backup is made', async () => {
    const installation = await makeInstallation();
    const { mediaDir, root } = installation;
    const away = path.join(root, 'away');
    let checks = 0;
    const signal = Object.assign(new AbortController().signal, {
      throwIfAborted() {
        checks += 1; // once for each item
        if (checks === 6) renameSync(mediaDir, away);
        if (checks === 9) renameSync(away, mediaDir);
      },
    });
    const made = installation.backup({ isMediaIncluded: true, signal });
    await expect(made).rejects.toMatchObject({ failure: 'media-not-mounted' });
    expect(await readdir(installation.directory)).toEqual([]);
  });
});

describe('a backup that cannot be made', () => {
  test.each([
    [
      'a directory that is missing',
      'no-directory',
      ({ directory }: { directory: string }) => rm(directory, { recursive: true }),
    ],
    [
      'a damaged database',
      'database-damaged',
      ({ dataDir }: { dataDir: string }) =>
        writeFile(path.join(dataDir, 'yt-app/yt-app.sqlite'), 'no database'.repeat(1000)),
    ],
    [
      'no database',
      'no-database',
      ({ dataDir }: { dataDir: string }) => rm(path.join(dataDir, 'yt-app/yt-app.sqlite')),
    ],
  ])('%s: fails with the reason, is noted, and leaves nothing', async (_, failure, spoil) => {
    const installation = await makeInstallation();
    await installation.stop();
    await spoil(installation);
    await expect(installation.backup({ isAsked: false })).rejects.toMatchObject({ name: 'BackupFailed', failure });
    expect(await readBackupStatus(path.join(installation.dataDir, 'yt-app'))).toMatchObject({
      lastGood: null,
      lastRun: { failure },
    });
    expect(await readdir(installation.directory).catch(() => [])).toEqual([]);
  });

  test('an empty directory where there were backups: a scheduled run takes it for a missing disk, a person may go on', async () => {
    const installation = await makeInstallation();
    const good = await installation.backup();
    await rename(good.path, path.join(installation.root, 'elsewhere'));
    await expect(installation.backup({ isAsked: false })).rejects.toMatchObject({ failure: 'not-mounted' });
    const { lastGood } = await readBackupStatus(path.join(installation.dataDir, 'yt-app'));
    expect(lastGood?.name).toBe(path.basename(good.path));
    await installation.backup();
  });

  test.skipIf(process.getuid?.() === 0)('a directory that cannot be written: fails with the reason', async () => {
    const installation = await makeInstallation();
    await chmod(installation.directory, 0o500);
    await expect(installation.backup()).rejects.toMatchObject({ failure: 'not-writable' });
  });

  test('PostgreSQL that is away: fails with the reason', async () => {
    const installation = await makeInstallation();
    const databaseUrl = 'postgres://nobody@127.0.0.1:9/none';
    await expect(installation.backup({ databaseUrl })).rejects.toMatchObject({ failure: 'database-away' });
    expect(await readdir(installation.directory)).toEqual([]);
  });

  test('while another one is made: fails at once, and is not noted as a failure', async () => {
    const installation = await makeInstallation();
    const lock = path.join(installation.dataDir, 'backup/backup.lock');
    await mkdir(path.dirname(lock));
    const other = spawn('flock', [lock, 'sh', '-c', 'echo locked; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    await expect(installation.backup()).rejects.toMatchObject({ failure: 'in-progress' });
    expect((await readBackupStatus(path.join(installation.dataDir, 'yt-app'))).lastRun).toBeNull();
  });
});

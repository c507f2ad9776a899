import { chmod, mkdir, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupName } from '../../src/backups/backup-name.ts';
import { readManifest } from '../../src/backups/backup-manifest.ts';
import { proveBackup } from '../../src/backups/backup-proof.ts';
import { backupNames, findNewestGoodBackup } from '../../src/backups/newest-backup.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SCHEMA, storeBackup } from './stored-backup.ts';

const MONDAY = new Date('2026-11-23T03:00:00.000Z');
const TUESDAY = new Date('2026-11-24T03:00:00.000Z');
const SCHEMAS = { 'yt-app': SCHEMA, bot: 0 };

/** Changes one byte of a file. */
async function spoil(file: string, position: number): Promise<void> {
  const handle = await open(file, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  await handle.write(Buffer.from([byte.readUInt8() ^ 1]), 0, 1, position);
  await handle.close();
}

describe('proveBackup', () => {
  it('a whole backup: gives its manifest, and writes nothing beside it', async () => {
    const folder = await storeBackup(await temporaryFolder(), MONDAY);
    const before = await readdir(folder);
    await chmod(path.join(folder, 'yt-app.sqlite'), 0o400);
    expect(await proveBackup(folder, SCHEMAS)).toMatchObject({ madeAt: MONDAY.toISOString() });
    expect(await readdir(folder)).toEqual(before);
  });

  it.each<[string, (folder: string) => Promise<unknown>, object]>([
    ['a changed byte', (folder) => spoil(path.join(folder, 'yt-app.sqlite'), 5000), { fault: 'damaged' }],
    ['a truncated file', (folder) => truncate(path.join(folder, 'yt-app.sqlite'), 4096), { fault: 'damaged' }],
    ['a missing file', (folder) => rm(path.join(folder, 'yt-app.sqlite')), { fault: 'damaged', file: 'yt-app.sqlite' }],
    ['a changed manifest', (folder) => spoil(path.join(folder, 'manifest.json'), 100), { file: 'manifest.json' }],
    ['a truncated manifest', (folder) => truncate(path.join(folder, 'manifest.json'), 50), { fault: 'damaged' }],
    ['no manifest', (folder) => rm(path.join(folder, 'manifest.json')), { fault: 'foreign' }],
  ])('%s: is refused', async (_, change, reason) => {
    const folder = await storeBackup(await temporaryFolder(), MONDAY);
    await change(folder);
    await expect(proveBackup(folder, SCHEMAS)).rejects.toMatchObject({ name: 'BackupRefused', ...reason });
  });

  it('tables of a newer version: are refused', async () => {
    const folder = await storeBackup(await temporaryFolder(), MONDAY);
    await expect(proveBackup(folder, { ...SCHEMAS, 'yt-app': SCHEMA - 1 })).rejects.toMatchObject({ fault: 'newer' });
  });

  it('a later layout: is refused as newer', async () => {
    const folder = await storeBackup(await temporaryFolder(), MONDAY, { format: 99 });
    await expect(proveBackup(folder, SCHEMAS)).rejects.toMatchObject({ fault: 'newer', file: 'manifest.json' });
  });

  it('a manifest that leads out of the folder: is refused', async () => {
    const files = [{ name: '../../etc/passwd', bytes: 1, sha256: '0'.repeat(64) }];
    const folder = await storeBackup(await temporaryFolder(), MONDAY, { files });
    await expect(readManifest(folder)).rejects.toMatchObject({ fault: 'foreign' });
  });

  it('a manifest without the digest of its database: is refused', async () => {
    const folder = await storeBackup(await temporaryFolder(), MONDAY, { files: [] });
    await expect(proveBackup(folder, SCHEMAS)).rejects.toMatchObject({ fault: 'damaged', file: 'yt-app.sqlite' });
  });
});

describe('findNewestGoodBackup', () => {
  const wanted = { database: 'yt-app', newestSchema: SCHEMA } as const;

  it('two good backups: finds the newer one', async () => {
    const directory = await temporaryFolder();
    await storeBackup(directory, TUESDAY);
    await storeBackup(directory, MONDAY);
    const file = path.join(directory, backupName(TUESDAY), 'yt-app.sqlite');
    const madeAt = TUESDAY.toISOString();
    expect(await findNewestGoodBackup(directory, wanted)).toEqual({ file, name: backupName(TUESDAY), madeAt });
    expect(await readFile(file, 'latin1')).toMatch(/^SQLite format 3/);
  });

  it('a backup that a clock years ahead has named: is the last that is taken', async () => {
    const directory = await temporaryFolder();
    const ahead = new Date('2099-01-01T00:00:00.000Z');
    await storeBackup(directory, ahead);
    expect(await findNewestGoodBackup(directory, wanted)).toMatchObject({ name: backupName(ahead) });
    await storeBackup(directory, MONDAY);
    expect(await findNewestGoodBackup(directory, wanted)).toMatchObject({ name: backupName(MONDAY) });
  });

  it('names up to a day ahead of a clock that is late: are the newest', async () => {
    const directory = await temporaryFolder();
    for (const time of [MONDAY, TUESDAY]) await storeBackup(directory, time);
    const lateMs = TUESDAY.getTime() - 3_600_000;
    expect(await backupNames(directory, lateMs)).toEqual([backupName(TUESDAY), backupName(MONDAY)]);
  });

  it('a damaged backup, one being written and foreign folders: are passed over', async () => {
    const directory = await temporaryFolder();
    await storeBackup(directory, MONDAY);
    await spoil(path.join(await storeBackup(directory, TUESDAY), 'yt-app.sqlite'), 9000);
    await mkdir(path.join(directory, '.2026-11-25T03-00-00Z.partial'));
    await mkdir(path.join(directory, '2026-11-26T03-00-00Z'));
    await writeFile(path.join(directory, '2026-11-27T03-00-00Z'), 'a file');
    expect(await findNewestGoodBackup(directory, wanted)).toMatchObject({ name: backupName(MONDAY) });
  });

  it('copies of a newer version, of another database, or none: finds none', async () => {
    const directory = await temporaryFolder();
    await storeBackup(directory, MONDAY);
    expect(await findNewestGoodBackup(directory, { ...wanted, newestSchema: 0 })).toBeUndefined();
    expect(await findNewestGoodBackup(directory, { ...wanted, database: 'bot' })).toBeUndefined();
    expect(await findNewestGoodBackup(path.join(directory, 'missing'), wanted)).toBeUndefined();
  });
});

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { backupName } from '../../src/backups/backup-name.ts';
import { BACKUP_FORMAT, writeManifest, type BackupManifest } from '../../src/backups/backup-manifest.ts';
import { digestFile } from '../../src/backups/file-digest.ts';
import { copyDatabase } from '../../src/backups/online-copy.ts';
import { openDatabase } from '../../src/files/database.ts';

/** The version of the tables in a {@link storeBackup}. */
export const SCHEMA = 1;

/** Stores a backup of a database with some rows. @returns its folder */
export async function storeBackup(
  directory: string,
  madeAt: Date,
  changes: Partial<BackupManifest> = {},
): Promise<string> {
  const folder = path.join(directory, backupName(madeAt));
  await mkdir(folder, { recursive: true });
  const source = `${folder}.source`;
  const database = openDatabase(source, ['CREATE TABLE job (id INTEGER PRIMARY KEY, text TEXT) STRICT']);
  for (let id = 1; id <= 200; id += 1) database.prepare('INSERT INTO job VALUES (?, ?)').run(id, 'x'.repeat(100));
  const file = path.join(folder, 'yt-app.sqlite');
  const copy = await copyDatabase(source, file);
  database.close();
  await writeManifest(folder, {
    product: 'linkcast',
    format: BACKUP_FORMAT,
    madeAt: madeAt.toISOString(),
    version: '1.0.0',
    databases: { 'yt-app': { ...copy, kind: 'sqlite' } },
    files: [{ name: 'yt-app.sqlite', ...(await digestFile(file)) }],
    secrets: 'left-out',
    media: { isIncluded: false, items: 0, bytes: 0 },
    ...changes,
  });
  return folder;
}

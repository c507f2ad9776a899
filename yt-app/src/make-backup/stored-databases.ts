import {
  backupDatabases,
  copyDatabase,
  finishDatabaseCopy,
  type BackupDatabase,
  type BackupManifest,
} from '@linkcast/kit';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { openAppDatabase } from '../database/app-database.ts';
import { copyPostgres } from '../database/move/portable-copy.ts';
import { BackupFailed } from './backup-failed.ts';

export interface DatabaseSources {
  /** The folder with those of the parts. */
  readonly dataDir: string;
  /** Of yt-app, when it uses PostgreSQL. */
  readonly databaseUrl: string | undefined;
}

/**
 * Copies the databases into a folder. The bot's comes first: the bot then reads on from an event that yt-app's copy has,
 * and tells people twice of an end at most, instead of never.
 */
export async function storeDatabases(sources: DatabaseSources, folder: string): Promise<BackupManifest['databases']> {
  const { dataDir, databaseUrl } = sources;
  const botSource = sourceOf(dataDir, 'bot');
  const bot = (await isThere(botSource)) ? await copySqlite(botSource, folder, 'bot') : undefined;
  const ytApp =
    databaseUrl === undefined
      ? await copySqlite(sourceOf(dataDir, 'yt-app'), folder, 'yt-app')
      : await copyServer(databaseUrl, folder);
  return { 'yt-app': ytApp, ...(bot && { bot }) };
}

type Stored = BackupManifest['databases']['yt-app'];

async function copySqlite(source: string, folder: string, database: BackupDatabase): Promise<Stored> {
  if (!(await isThere(source))) throw new BackupFailed('no-database');
  return { kind: 'sqlite', ...(await copyDatabase(source, path.join(folder, backupDatabases[database]))) };
}

async function copyServer(url: string, folder: string): Promise<Stored> {
  const file = path.join(folder, backupDatabases['yt-app']);
  const postgres = await openAppDatabase(url);
  try {
    await copyPostgres(postgres, file);
  } finally {
    await postgres.close();
  }
  return { kind: 'postgres', ...(await finishDatabaseCopy(file)) };
}

function sourceOf(dataDir: string, database: BackupDatabase): string {
  return path.join(dataDir, database, backupDatabases[database]);
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

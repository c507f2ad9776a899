/**
 * Copies yt-app's database from SQLite to PostgreSQL, or back, while yt-app does not run. The source is brought
 * up to date first, and keeps all its rows.
 *
 *   main.ts --to postgres|sqlite
 */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FolderInUse, loadConfigOrExit, lockFolder } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import { openAppDatabase, type AppDatabase } from '../database/app-database.ts';
import { moveDatabase } from '../database/move/move-database.ts';
import { requireSoleUse } from '../database/move/sole-use.ts';
import { MoveRefused } from '../database/move/move-refused.ts';
import { MoveDatabaseConfig } from './config.ts';
import { renderMovedTables } from './moved-tables.ts';

const EXIT_USAGE = 64;
const { DATA_DIR: dataDir, DATABASE_URL: url, LANGUAGE: language } = loadConfigOrExit(MoveDatabaseConfig, process.env);
const texts = textsOf(language).api.moveDatabase;
const file = path.join(dataDir, 'yt-app.sqlite');

const to = readTarget();
if (to === undefined) fail(texts.usage, EXIT_USAGE);
else if (url === undefined) fail(texts.noUrl, 1);
else if (to === 'postgres' && !(await exists(file))) fail(texts.noFile({ file }), 1);
else await move(to === 'postgres' ? [file, url] : [url, file]);

async function move([from, target]: readonly [from: string, target: string]): Promise<void> {
  const opened: AppDatabase[] = [];
  const open = async (location: string): Promise<AppDatabase> => {
    const database = await openAppDatabase(location, { beforeMigration: requireSoleUse });
    opened.push(database);
    return database;
  };
  try {
    lockData();
    const tables = await moveDatabase(await open(from), await open(target));
    process.stdout.write(`${renderMovedTables(tables)}\n${texts.moved}\n`);
  } catch (error) {
    if (!(error instanceof MoveRefused)) throw error;
    const where = error.kind === 'sqlite' ? file : 'PostgreSQL';
    fail(error.reason === 'in-use' ? texts.inUse({ where }) : texts.notEmpty({ where }), 1);
  } finally {
    for (const database of opened) await database.close();
  }
}

/** Until this process ends, no yt-app starts on this data. */
function lockData(): void {
  try {
    lockFolder(dataDir, 'yt-app');
  } catch (error) {
    throw error instanceof FolderInUse ? new MoveRefused('in-use', 'sqlite') : error;
  }
}

function readTarget(): 'postgres' | 'sqlite' | undefined {
  try {
    const { to: wanted } = parseArgs({ options: { to: { type: 'string' } } }).values;
    return wanted === 'postgres' || wanted === 'sqlite' ? wanted : undefined;
  } catch {
    return undefined; // an option of another name
  }
}

async function exists(name: string): Promise<boolean> {
  return access(name).then(
    () => true,
    () => false,
  );
}

function fail(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}

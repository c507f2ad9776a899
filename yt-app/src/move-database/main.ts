/**
 * Copies yt-app's database from SQLite to PostgreSQL, or back, while yt-app does not run. The source stays as it is.
 *
 *   main.ts --to postgres|sqlite
 */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfigOrExit } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import { openAppDatabase } from '../database/app-database.ts';
import { moveDatabase } from '../database/move/move-database.ts';
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
  const source = await openAppDatabase(from);
  try {
    const destination = await openAppDatabase(target);
    try {
      process.stdout.write(`${renderMovedTables(await moveDatabase(source, destination))}\n${texts.moved}\n`);
    } finally {
      await destination.close();
    }
  } catch (error) {
    if (!(error instanceof MoveRefused)) throw error;
    const where = error.kind === 'sqlite' ? file : 'PostgreSQL';
    fail(error.reason === 'in-use' ? texts.inUse({ where }) : texts.notEmpty({ where }), 1);
  } finally {
    await source.close();
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

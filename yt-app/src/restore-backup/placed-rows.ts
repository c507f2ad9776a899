import { backupDatabases, syncPath } from '@linkcast/kit';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { openAppDatabase } from '../database/app-database.ts';
import { copyPostgres } from '../database/move/portable-copy.ts';
import { replaceRows } from '../database/move/replace-database.ts';
import { requireSoleUse } from '../database/move/sole-use.ts';
import type { StagedRestore } from './restore-plan.ts';

const FILE = path.join('yt-app', backupDatabases['yt-app']);

/** Makes sure that no yt-app uses the database server. @throws {MoveRefused} in-use. */
export async function requireNoServerUse(url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const postgres = await openAppDatabase(url);
  try {
    await requireSoleUse(postgres);
  } finally {
    await postgres.close();
  }
}

/**
 * Puts the rows of the staged database into PostgreSQL, in one transaction, and a copy of the earlier ones into the folder aside.
 * Interrupted, it can run again.
 */
export async function placeRows(url: string, dataDir: string, { folder, aside }: StagedRestore): Promise<void> {
  const staged = path.join(folder, FILE);
  if (!(await isThere(staged))) return; // its rows are placed
  const postgres = await openAppDatabase(url);
  try {
    await keepRows(postgres, path.join(dataDir, aside, FILE));
    const source = await openAppDatabase(staged);
    try {
      await replaceRows(postgres, source);
    } finally {
      await source.close();
    }
  } finally {
    await postgres.close();
  }
  await rm(staged);
  await syncPath(path.dirname(staged));
}

async function keepRows(postgres: Awaited<ReturnType<typeof openAppDatabase>>, target: string): Promise<void> {
  if (await isThere(target)) return; // of the run that was interrupted
  const draft = `${target}.partial`;
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await rm(draft, { force: true });
  await copyPostgres(postgres, draft);
  await syncPath(draft);
  await rename(draft, target);
  await syncPath(path.dirname(target));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

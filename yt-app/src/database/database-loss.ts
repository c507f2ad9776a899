import { existsSync } from 'node:fs';
import { rename, copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  asideName,
  findNewestGoodBackup,
  isDamage,
  isDiskFull,
  isReadOnly,
  parseJson,
  readIfThere,
  setDatabaseAside,
  syncPath,
  writeFileAtomic,
  type GoodBackup,
  type Logger,
} from '@linkcast/kit';
import { z } from 'zod';
import { isDiskReadOnly } from './read-only-disk.ts';
import { MIGRATIONS, SQLITE_HISTORY } from './migrations/migrations.ts';

/** Records that a damaged database was replaced, and by what. */
const DatabaseLoss = z.object({
  /** ISO time. */
  at: z.string(),
  /** Name of the damaged file, beside the database. */
  file: z.string(),
  /** ISO time of the backup that was restored; null: there was none, and the library is rebuilt from its folders. */
  restoredFrom: z.string().nullable(),
});
export type DatabaseLoss = z.infer<typeof DatabaseLoss>;

const LOSS_NAME = 'database-loss.json';

/** Reads the last loss. @returns undefined when there was none. */
export async function readDatabaseLoss(dataDir: string): Promise<DatabaseLoss | undefined> {
  const text = await readIfThere(path.join(dataDir, LOSS_NAME));
  return text === undefined ? undefined : DatabaseLoss.safeParse(parseJson(text)).data;
}

export interface DamageOptions {
  /** The SQLite file. */
  readonly file: string;
  /** BACKUP_DIR; undefined: there are no backups. */
  readonly backupDir: string | undefined;
  readonly logger: Logger;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

/**
 * Opens a database; a damaged one is set aside and replaced: by the newest good backup, otherwise by a new one, which the recovery of
 * the library fills from the media folders. On a read-only disk the backup is read where it is, and the next opening replaces the file.
 *
 * @param open gets the file to read as long as the disk is read-only: the backup's.
 */
export async function replaceWhenDamaged<Opened>(
  open: (substitute: string) => Promise<Opened>,
  options: DamageOptions,
): Promise<Opened> {
  const { file, logger } = options;
  await finishReplacement(options);
  try {
    return await open(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (isDiskReadOnly(path.dirname(file))) {
      const backup = await findBackup(options.backupDir);
      if (!backup) throw error;
      logger.error({ err: error, backup: backup.name }, 'database damaged on a read-only disk: the backup is read');
      return open(backup.file);
    }
    await replace(options, error);
    return open(file);
  }
}

async function replace({ file, backupDir, logger, clock = Date.now }: DamageOptions, damage: unknown): Promise<void> {
  await rm(restoredFile(file), { force: true }); // of an earlier attempt
  // Before the damaged file is moved: when there is no room for the copy, the next start tries again.
  const restoredFrom = await copyBackup(backupDir, restoredFile(file));
  const at = new Date(clock());
  const loss: DatabaseLoss = { at: at.toISOString(), file: asideName(file, at), restoredFrom };
  logger.error({ err: damage, aside: loss.file, restoredFrom }, 'database damaged: set aside and replaced');
  await noteLoss(path.join(path.dirname(file), LOSS_NAME), loss);
  await putInPlace(file, at);
}

/** Continues after a crash: the damaged file was moved, perhaps without its log, which must not be read into another database. */
async function finishReplacement({ file, logger, clock = Date.now }: DamageOptions): Promise<void> {
  if (existsSync(file) || !existsSync(restoredFile(file))) return;
  const loss = await readDatabaseLoss(path.dirname(file));
  logger.warn({ loss }, 'replacement of the damaged database continued');
  await putInPlace(file, new Date(loss?.at ?? clock())).catch((error: unknown) => {
    if (!isReadOnly(error)) throw error; // when the disk is writable, the API starts anew
  });
}

async function putInPlace(file: string, at: Date): Promise<void> {
  setDatabaseAside(file, at);
  if (existsSync(restoredFile(file))) await rename(restoredFile(file), file);
  await syncPath(path.dirname(file));
}

function restoredFile(file: string): string {
  return `${file}.restored`;
}

async function findBackup(backupDir: string | undefined): Promise<GoodBackup | undefined> {
  const newestSchema = SQLITE_HISTORY.length + MIGRATIONS.length;
  return backupDir === undefined ? undefined : findNewestGoodBackup(backupDir, { database: 'yt-app', newestSchema });
}

/** @returns the time of the backup; null when none is good. */
async function copyBackup(backupDir: string | undefined, target: string): Promise<string | null> {
  const backup = await findBackup(backupDir);
  if (!backup) return null;
  try {
    await copyFile(backup.file, target);
    await syncPath(target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return backup.madeAt;
}

/** The log has it, too: a full disk may not take the note. */
async function noteLoss(file: string, loss: DatabaseLoss): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(loss)}\n`, { mode: 0o600 }).catch((error: unknown) => {
    if (!isDiskFull(error) && !isReadOnly(error)) throw error;
  });
}

import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export interface AtomicFileOptions {
  /** Permission bits. Default 0644. */
  readonly mode?: number;
  /** Wait until the file and its directory entry are on the disk. Default true; false for files that are soon rewritten. */
  readonly durable?: boolean;
  /** The folder in which the new content is written before the rename, on the same file system. Default: that of the file. */
  readonly temporaryFolder?: string;
}

/** Writes a file so that a reader sees the old content or the new, never a part: a temporary name, fsync, rename. */
export async function writeFileAtomic(
  file: string,
  content: string | Buffer,
  options: AtomicFileOptions = {},
): Promise<void> {
  const { mode = 0o644, durable = true, temporaryFolder = path.dirname(file) } = options;
  const temporary = path.join(temporaryFolder, `${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (durable) await syncPath(path.dirname(file));
}

/** Reads a file that may be missing. @returns undefined when it is. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** fsync of a file or a directory, so that a power cut cannot take it back. */
export async function syncPath(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** SHMSIZE: SQLite could not enlarge the file that its connections share. */
const DISK_FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];
/** Of a database on a read-only disk: CANTOPEN for the files beside it, IOERR_WRITE when the disk became read-only. */
const READ_ONLY_CODES = /^(EROFS|SQLITE_READONLY(_.+)?|SQLITE_CANTOPEN|SQLITE_IOERR_WRITE)$/;

/** Reports whether a write to a file or a database failed because the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return DISK_FULL_CODES.includes(codeOf(error));
}

/** Reports whether a write to a file or a database failed because the disk, or the database, is read-only. */
export function isReadOnly(error: unknown): boolean {
  const code = codeOf(error);
  return typeof code === 'string' && READ_ONLY_CODES.test(code);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

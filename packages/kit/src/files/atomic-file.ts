import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export interface AtomicFileOptions {
  /** Permission bits. Default 0644. */
  readonly mode?: number;
  /** Wait until the file and its directory entry are on the disk. Default true; false for files that are soon rewritten. */
  readonly durable?: boolean;
}

/** Writes a file so that a reader sees the old content or the new, never a part: a temporary name, fsync, rename. */
export async function writeFileAtomic(
  file: string,
  content: string | Buffer,
  options: AtomicFileOptions = {},
): Promise<void> {
  const { mode = 0o644, durable = true } = options;
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
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

const DISK_FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** Reports whether a write to a file or a database failed because the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_FULL_CODES.includes(error.code);
}

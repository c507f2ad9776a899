import { stat } from 'node:fs/promises';
import path from 'node:path';

const OTHERS_READ_AND_ENTER = 0o5;
const OTHERS_ENTER = 0o1;

/**
 * Which user the workers get. Not root's business unless we are root: then `www-data`, or root itself when one of the
 * directories lies where `www-data` cannot go (below /root, usually).
 */
export async function chooseWorkerUser(
  userId: number | undefined,
  directories: readonly string[],
): Promise<'www-data' | 'root' | undefined> {
  if (userId !== 0) return undefined;
  const open = await Promise.all(directories.map(isOpenToOthers));
  return open.every(Boolean) ? 'www-data' : 'root';
}

async function isOpenToOthers(directory: string): Promise<boolean> {
  if (!(await hasMode(directory, OTHERS_READ_AND_ENTER))) return false;
  for (let parent = path.dirname(directory); ; parent = path.dirname(parent)) {
    if (!(await hasMode(parent, OTHERS_ENTER))) return false;
    if (parent === path.dirname(parent)) return true;
  }
}

async function hasMode(directory: string, bits: number): Promise<boolean> {
  const { mode } = await stat(directory);
  return (mode & bits) === bits;
}

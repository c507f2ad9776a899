import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** A user of this machine with its first group. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'www-data';
const READ_AND_ENTER = 0o5;
const ENTER = 0o1;

/**
 * The user that Debian has for the workers of web servers. Only root can start workers as another user.
 *
 * @returns undefined when we are not root, or the machine has no such user.
 */
export async function findWorkers(userId: number | undefined): Promise<SystemUser | undefined> {
  if (userId !== 0) return undefined;
  const [, uid, gid] =
    new RegExp(`^${NAME}:[^:]*:(\\d+):(\\d+):`, 'm').exec(await readFile('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/**
 * The value of nginx's `user`; undefined: none, because we are not root. It is `root` when one of the directories cannot be
 * read by the workers' own user (below /root, usually).
 */
export async function chooseWorkerUser(
  userId: number | undefined,
  workers: SystemUser | undefined,
  directories: readonly string[],
): Promise<'www-data' | 'root' | undefined> {
  if (userId !== 0) return undefined;
  if (workers === undefined) return 'root';
  const readable = await Promise.all(directories.map((directory) => canRead(workers, directory)));
  return readable.every(Boolean) ? NAME : 'root';
}

async function canRead(user: SystemUser, directory: string): Promise<boolean> {
  if (!(await hasPermission(user, directory, READ_AND_ENTER))) return false;
  for (let parent = path.dirname(directory); ; parent = path.dirname(parent)) {
    if (!(await hasPermission(user, parent, ENTER))) return false;
    if (parent === path.dirname(parent)) return true;
  }
}

/** As the kernel decides: by the bits of the owner, else of the group, else of the others. */
async function hasPermission({ uid, gid }: SystemUser, directory: string, bits: number): Promise<boolean> {
  const info = await stat(directory);
  const shift = info.uid === uid ? 6 : info.gid === gid ? 3 : 0;
  return ((info.mode >> shift) & bits) === bits;
}

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

/** Directories that the workers need. */
export interface NeededDirectories {
  /** To serve files from. */
  readonly readable: readonly string[];
  /** To reach what they make in them. */
  readonly enterable: readonly string[];
}

/**
 * The value of nginx's `user`; undefined: none, because we are not root. It is `root` when one of the directories is closed
 * to the workers' own user (below /root, usually).
 */
export async function chooseWorkerUser(
  userId: number | undefined,
  workers: SystemUser | undefined,
  { readable, enterable }: NeededDirectories,
): Promise<'www-data' | 'root' | undefined> {
  if (userId !== 0) return undefined;
  if (workers === undefined) return 'root';
  const permitted = await Promise.all([
    ...readable.map((directory) => isPermitted(workers, directory, READ_AND_ENTER)),
    ...enterable.map((directory) => isPermitted(workers, directory, ENTER)),
  ]);
  return permitted.every(Boolean) ? NAME : 'root';
}

/** Does the user have these permissions in the directory, and can they reach it? */
async function isPermitted(user: SystemUser, directory: string, bits: number): Promise<boolean> {
  if (!(await hasPermission(user, directory, bits))) return false;
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

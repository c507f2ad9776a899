import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** A user of this machine with its primary group. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'www-data';
const READ_AND_ENTER = 0o5;
const ENTER = 0o1;

/**
 * Finds the user that Debian provides for the workers of web servers. Only root can start workers as another user.
 *
 * @returns undefined when we are not root, or the machine has no such user.
 */
export async function findWorkerUser(userId: number | undefined): Promise<SystemUser | undefined> {
  if (userId !== 0) return undefined;
  const [, uid, gid] =
    new RegExp(`^${NAME}:[^:]*:(\\d+):(\\d+):`, 'm').exec(await readFile('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Directories that the workers use. */
export interface NeededDirectories {
  /** Files are served from these. */
  readonly readable: readonly string[];
  /** Workers create files below these. */
  readonly enterable: readonly string[];
}

/**
 * Chooses the value of nginx's `user` directive; undefined: none, because we are not root. It is `root` when the worker
 * user has no access to one of the directories, which are then below /root, usually.
 */
export async function chooseWorkerUser(
  userId: number | undefined,
  worker: SystemUser | undefined,
  { readable, enterable }: NeededDirectories,
): Promise<'www-data' | 'root' | undefined> {
  if (userId !== 0) return undefined;
  if (worker === undefined) return 'root';
  const permitted = await Promise.all([
    ...readable.map((directory) => isPermitted(worker, directory, READ_AND_ENTER)),
    ...enterable.map((directory) => isPermitted(worker, directory, ENTER)),
  ]);
  return permitted.every(Boolean) ? NAME : 'root';
}

/** Checks the user's permissions in the directory, and that they can enter all its parents. */
async function isPermitted(user: SystemUser, directory: string, bits: number): Promise<boolean> {
  if (!(await hasPermission(user, directory, bits))) return false;
  for (let parent = path.dirname(directory); ; parent = path.dirname(parent)) {
    if (!(await hasPermission(user, parent, ENTER))) return false;
    if (parent === path.dirname(parent)) return true;
  }
}

/** Checks permission bits as the kernel does: those of the owner, else of the group, else of the others. */
async function hasPermission({ uid, gid }: SystemUser, directory: string, bits: number): Promise<boolean> {
  const info = await stat(directory);
  const shift = info.uid === uid ? 6 : info.gid === gid ? 3 : 0;
  return ((info.mode >> shift) & bits) === bits;
}

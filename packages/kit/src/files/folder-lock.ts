import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { parseJson } from './json.ts';

/** Exit code of a part whose folder another process uses: EX_TEMPFAIL of sysexits.h. */
export const EXIT_IN_USE = 75;

/** The process that has a lock. */
export interface LockHolder {
  readonly part: string;
  readonly pid: number;
  /** Name of its machine or container: a process id means nothing in another one. */
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

/** This process, as a holder. */
export function holderOf(part: string): LockHolder {
  return { part, pid: process.pid, host: hostname(), since: new Date().toISOString() };
}

/** Reads what a holder wrote. @returns undefined for anything else. Without zod, which would be most of the supervisor's bundle. */
export function parseHolder(text: string): LockHolder | undefined {
  const written = parseJson(text);
  if (typeof written !== 'object' || written === null) return undefined;
  const { part, pid, host, since } = written as Partial<Record<keyof LockHolder, unknown>>; // each is checked below
  const isHolder = typeof part === 'string' && typeof host === 'string' && typeof since === 'string';
  return isHolder && Number.isInteger(pid) ? { part, pid: Number(pid), host, since } : undefined;
}

/** Another process uses the folder. Two at once would end each other's programs and overwrite each other's files. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string, holder: LockHolder | undefined) {
    const who = holder
      ? `${holder.part} (process ${holder.pid} on ${holder.host}, since ${holder.since})`
      : 'another process';
    super(`${folder} is in use by ${who}. Stop that one first, or give this one a folder of its own.`);
  }
}

export interface FolderLock {
  release(): void;
}

export interface FolderLockOptions {
  /** Seconds to wait for a holder that is ending. Default 3. */
  readonly waitSeconds?: number;
}

/** Of flock, by its options: the lock is held by another process. */
const HELD = 75;
/** Of flock: EX_DATAERR and EX_OSERR when the kernel refuses, as it does on a file system without locks (EOPNOTSUPP, ENOSYS; ENOLCK). */
const NO_LOCKS_HERE: readonly (number | null)[] = [65, 71];
const DESCRIPTOR = 3;

/**
 * Locks a folder for one part until the end of this process, by flock(2) on `<folder>/<part>.lock`. The kernel releases the lock
 * however the process ends, and containers that share the folder exclude each other. The file stays, and says who holds it.
 *
 * Without an effect where there is no `flock`, and on file systems without locks.
 *
 * @throws {FolderInUse} when another process holds it; an error when that cannot be found out.
 */
export function lockFolder(folder: string, part: string, { waitSeconds = 3 }: FolderLockOptions = {}): FolderLock {
  const file = path.join(folder, `${part}.lock`);
  const descriptor = openLockFile(folder, file);
  if (descriptor === undefined) return { release: () => undefined };
  try {
    if (!takeLock(descriptor, waitSeconds)) throw new FolderInUse(folder, readHolder(file));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  noteHolder(file, part);
  return { release: () => closeSync(descriptor) };
}

/**
 * On a full or read-only disk, a file that is there is enough; without one, nothing can be written that needs the lock.
 *
 * @throws when it is there and cannot be opened: a file of another user may be locked.
 */
function openLockFile(folder: string, file: string): number | undefined {
  for (const flags of ['a', 'r']) {
    try {
      if (flags === 'a') mkdirSync(folder, { recursive: true });
      const descriptor = openSync(file, flags, 0o600);
      if (fstatSync(descriptor).isFile()) return descriptor;
      closeSync(descriptor);
    } catch (error) {
      if (flags === 'r' && !isMissing(error)) throw error;
    }
  }
  return undefined; // a folder that cannot be used fails where it is used
}

/** The lock belongs to the open file, which flock inherits: it stays locked until we close it or end. */
function takeLock(descriptor: number, waitSeconds: number): boolean {
  const args = ['--wait', String(waitSeconds), '--conflict-exit-code', String(HELD), String(DESCRIPTOR)];
  const { error, status, signal } = spawnSync('flock', args, { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
  if (status === HELD) return false;
  if (isMissing(error) || status === 0 || NO_LOCKS_HERE.includes(status)) return true;
  throw new Error(`flock ended with ${signal ?? status ?? 'no result'}: the lock may be held`, { cause: error });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** For the sentence of the next process only; the disk may be full. */
function noteHolder(file: string, part: string): void {
  try {
    writeFileSync(file, `${JSON.stringify(holderOf(part))}\n`);
  } catch {
    // see above
  }
}

function readHolder(file: string): LockHolder | undefined {
  try {
    return parseHolder(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // it is not readable for us
  }
}

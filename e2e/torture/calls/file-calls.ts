import fs from 'node:fs';
import files, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { SystemError, type CallCounter } from './failing-call.ts';

/** Calls that change a disk fail as on a full one, the others as on a broken one. */
const WRITING = ['writeFile', 'mkdir', 'mkdtemp', 'rename', 'copyFile', 'cp', 'link', 'symlink', 'appendFile'] as const;
const READING = [
  'open',
  'readFile',
  'readdir',
  'stat',
  'lstat',
  'statfs',
  'access',
  'realpath',
  'rm',
  'unlink',
  'rmdir',
] as const;
const OF_HANDLES = {
  write: 'ENOSPC',
  writeFile: 'ENOSPC',
  sync: 'EIO',
  datasync: 'EIO',
  read: 'EIO',
  truncate: 'EIO',
} as const;
const SYNCHRONOUS = {
  writeFileSync: 'ENOSPC',
  renameSync: 'EIO',
  openSync: 'EIO',
  fsyncSync: 'EIO',
  mkdirSync: 'ENOSPC',
} as const;

type Call = (this: unknown, ...args: unknown[]) => unknown;
type Calls = Record<string, Call>;

/** Makes calls of `node:fs/promises`, of its file handles, and the synchronous ones that write fail when it is their turn. */
export async function failFileCalls(counter: CallCounter): Promise<void> {
  const promised = files as unknown as Calls; // functions by their name
  for (const name of WRITING) rejecting(promised, name, 'ENOSPC', counter);
  for (const name of READING) rejecting(promised, name, 'EIO', counter);
  const handle = await fs.promises.open('/dev/null');
  const prototype = Object.getPrototypeOf(handle) as FileHandle & Calls;
  await handle.close();
  for (const [name, code] of Object.entries(OF_HANDLES)) rejecting(prototype, name, code, counter);
  for (const [name, code] of Object.entries(SYNCHRONOUS)) throwing(fs as unknown as Calls, name, code, counter);
  syncBuiltinESMExports();
}

function rejecting(calls: Calls, name: string, code: string, counter: CallCounter): void {
  const call = calls[name];
  if (!call) throw new Error(`${name} is no call`);
  calls[name] = function (...args) {
    return counter.isNext(name) ? Promise.reject(new SystemError(code, name)) : call.apply(this, args);
  };
}

function throwing(calls: Calls, name: string, code: string, counter: CallCounter): void {
  const call = calls[name];
  if (!call) throw new Error(`${name} is no call`);
  calls[name] = function (...args) {
    if (counter.isNext(name)) throw new SystemError(code, name);
    return call.apply(this, args);
  };
}
